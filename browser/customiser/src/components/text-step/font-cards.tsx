/** The fonts to choose from, each written in itself. */

import type { Variant } from "../../composing.ts";
import { fontFamily } from "../../page-fonts.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { PriceTag } from "../field/price-tag.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";
import type { TextStepProps } from "./text-step-props.ts";

export function FontCards({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
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
  checked: boolean;
  choose: () => void;
}

function FontCard({ name, variant, checked, choose }: FontCardProps) {
  const look = variant.asset ? { fontFamily: `${fontFamily(variant.asset)}, system-ui` } : {};
  return (
    <label class="font-card">
      <input type="radio" class="hidden" name={name} checked={checked} onChange={choose} />
      <span class="font-sample" style={look}>
        <bdi>{variant.name}</bdi>
      </span>
      <PriceTag subunits={variant.priceModifier} />
    </label>
  );
}
