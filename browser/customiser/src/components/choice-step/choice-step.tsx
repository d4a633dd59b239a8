/** One choice among variants: rows of words for a question, thumbnails for a picture. */

import type { ActiveStep, Variant } from "../../composing.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { PriceTag } from "../field/price-tag.tsx";
import "./choice-step.css";

interface ChoiceStepProps {
  active: ActiveStep;
  look: "rows" | "pictures";
}

export function ChoiceStep({ active, look }: ChoiceStepProps) {
  const { editor } = useWorkbench().session;
  const { step, option, variant: selected } = active;
  const findings = useFindings(step, "variantId", "variantId");
  if (!option) return null;
  return (
    <Group step={step} field="variantId" legend={step.stepTitle} main findings={findings}>
      <div class={look === "rows" ? "choice-rows" : "choice-pictures"}>
        {option.variants.map((variant) => (
          <label key={variant.id} class={look === "rows" ? "choice-row" : "choice-picture"}>
            <input
              type="radio"
              class={look === "rows" ? "radio" : "hidden"}
              name={step.stepName}
              checked={variant.id === selected?.id}
              onChange={() => editor.change(step.stepName, { variantId: variant.id })}
            />
            {look === "pictures" && <Thumbnail variant={variant} />}
            <span class="choice-name">{variant.name}</span>
            <PriceTag subunits={variant.priceModifier} />
          </label>
        ))}
      </div>
    </Group>
  );
}

function Thumbnail({ variant }: { variant: Variant }) {
  const { assets } = useWorkbench().session;
  const shown = assets[variant.thumbnail ?? ""] ?? assets[variant.asset ?? ""];
  // The name stands beside it: saying it twice would only be longer.
  return <span class="thumbnail">{shown && <img src={shown.href} alt="" loading="lazy" />}</span>;
}
