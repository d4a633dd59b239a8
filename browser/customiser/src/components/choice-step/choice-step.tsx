/** A choice among variants, of one or of several: pictures where there are any, otherwise rows of words. */

import type { ActiveStep, Variant } from "../../composing.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { PriceTag } from "../field/price-tag.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";
import { havePictures, VariantPicture } from "../variant-picture/variant-picture.tsx";
import "./choice-step.css";

export function ChoiceStep({ active }: { active: ActiveStep }) {
  const { editor } = useWorkbench().session;
  const { step, option, variants: selected } = active;
  const findings = useFindings(step, "variantId");
  if (!option) return null;
  const several = step.type === "Question" && step.allowMultipleSelections;
  const chosen = new Set(selected.map(({ id }) => id));
  const choose = (id: string): void =>
    editor.change(step.stepName, several ? severalOf(option.variants, toggled(chosen, id)) : { variantId: id });
  return (
    <Group
      step={step}
      field="variantId"
      legend={step.stepTitle}
      main
      hint={several ? words.chooseSeveral : undefined}
      findings={findings}
    >
      <VariantFilter name={step.stepName} variants={option.variants}>
        {(shown) => <Choices name={step.stepName} variants={shown} chosen={chosen} several={several} choose={choose} />}
      </VariantFilter>
    </Group>
  );
}

interface ChoicesProps {
  /** Unique in the page. */
  name: string;
  variants: readonly Variant[];
  chosen: ReadonlySet<string>;
  several?: boolean;
  choose: (id: string) => void;
}

/** The variants as radio buttons, or as checkboxes where several may be chosen. */
export function Choices({ name, variants, chosen, several = false, choose }: ChoicesProps) {
  const { files } = useWorkbench().session;
  const pictures = havePictures(variants, files.kind);
  return (
    <div class={pictures ? "choice-pictures" : "choice-rows"}>
      {variants.map((variant) => (
        <label key={variant.id} class={pictures ? "choice-picture" : "choice-row"}>
          <input
            type={several ? "checkbox" : "radio"}
            class={pictures && !several ? "hidden" : "radio"}
            name={name}
            checked={chosen.has(variant.id)}
            onChange={() => choose(variant.id)}
          />
          {pictures && <VariantPicture variant={variant} />}
          <span class="choice-name">
            <bdi>{variant.name}</bdi>
          </span>
          <PriceTag subunits={variant.priceModifier} />
        </label>
      ))}
    </div>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const others = [...chosen].filter((one) => one !== id);
  return new Set(others.length < chosen.size ? others : [...others, id]);
}

/** In the order of the option: what was chosen is the same whatever came first. */
function severalOf(variants: readonly Variant[], chosen: ReadonlySet<string>) {
  return { variantIds: variants.map(({ id }) => id).filter((id) => chosen.has(id)), variantId: undefined };
}
