/** A picture inside the letters, in place of their colour. */

import { findOption } from "../../composing.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { PriceTag } from "../field/price-tag.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";
import { VariantPicture } from "../variant-picture/variant-picture.tsx";
import type { TextStepProps } from "./text-step-props.ts";

export function FillField({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
  const findings = useFindings(step, "fillVariantId");
  const option = findOption(editor.workflow, step.imageFillOption);
  if (!option || option.variants.length === 0) return null;
  const name = `${step.stepName}-fill`;
  const choose = (fillVariantId: string | undefined): void => editor.change(step.stepName, { fillVariantId });
  // Without an answer the default holds: only where there is none can the letters stay plain.
  const mayBePlain = option.variants.length > 1 && option.defaultVariant === null;
  if (!mayBePlain && option.variants.length < 2) return null;
  return (
    <Group step={step} field="fill" legend={words.pictureFill} findings={findings}>
      <VariantFilter name={name} variants={option.variants}>
        {(shown) => (
          <div class="choice-pictures">
            {mayBePlain && (
              <label class="choice-picture">
                <input
                  type="radio"
                  class="hidden"
                  name={name}
                  checked={active.fill === null}
                  onChange={() => choose(undefined)}
                />
                <span class="thumbnail" style={{ background: active.color ?? "#000000" }} />
                <span class="choice-name">{words.plainColour}</span>
              </label>
            )}
            {shown.map((variant) => (
              <label key={variant.id} class="choice-picture">
                <input
                  type="radio"
                  class="hidden"
                  name={name}
                  checked={variant.id === active.fill?.id}
                  onChange={() => choose(variant.id)}
                />
                <VariantPicture variant={variant} />
                <span class="choice-name">
                  <bdi>{variant.name}</bdi>
                </span>
                <PriceTag subunits={variant.priceModifier} />
              </label>
            ))}
          </div>
        )}
      </VariantFilter>
    </Group>
  );
}
