/** The fonts to choose from, each written in itself. */

import type { Variant } from "../../composing.ts";
import { fontFamily } from "../../page-fonts.ts";
import { missingText, words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { PriceTag } from "../field/price-tag.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";
import type { TextStepProps } from "./text-step-props.ts";

export function FontCards({ active, step }: TextStepProps) {
  const { editor, files } = useWorkbench().session;
  const findings = useFindings(step, "variantId");
  const { option, variant: selected } = active;
  if (!option || option.variants.length < 2) return null;
  return (
    <Group step={step} field="variantId" legend={words.font} findings={findings}>
      <VariantFilter name={`${step.stepName}-fonts`} variants={option.variants}>
        {(shown) => (
          <div class="font-cards">
            {shown.map((variant) => (
              <FontCard
                key={variant.id}
                name={`${step.stepName}-font`}
                variant={variant}
                missing={variant.asset ? files.missing(variant.asset, active) : ""}
                checked={variant.id === selected?.id}
                choose={() => editor.change(step.stepName, { variantId: variant.id })}
              />
            ))}
          </div>
        )}
      </VariantFilter>
    </Group>
  );
}

interface FontCardProps {
  name: string;
  variant: Variant;
  /** The characters of the text that it lacks. */
  missing: string;
  checked: boolean;
  choose: () => void;
}

function FontCard({ name, variant, missing, checked, choose }: FontCardProps) {
  const look = variant.asset ? { fontFamily: `${fontFamily(variant.asset)}, system-ui` } : {};
  return (
    <label class={missing ? "font-card lacking" : "font-card"}>
      <input type="radio" class="hidden" name={name} checked={checked} onChange={choose} />
      <span class="font-sample" style={look}>
        <bdi>{variant.name}</bdi>
      </span>
      {missing && <span class="font-lack">{missingText(missing)}</span>}
      <PriceTag subunits={variant.priceModifier} />
    </label>
  );
}
