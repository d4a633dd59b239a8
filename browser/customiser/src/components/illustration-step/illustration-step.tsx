/** A drawing to choose, and its colours to change. */

import { useWorkbench } from "../../workbench.ts";
import { Choices } from "../choice-step/choice-step.tsx";
import { Group, useFindings } from "../field/field.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";
import type { IllustrationStepProps } from "./illustration-step-props.ts";
import { SlotColours } from "./slot-colours.tsx";

export function IllustrationStep({ active, step }: IllustrationStepProps) {
  const { editor, files } = useWorkbench().session;
  const { option, variant } = active;
  const findings = useFindings(step, "variantId");
  const drawing = files.drawing(variant?.asset ?? "");
  const recolourable = step.colorOption !== null || step.colorPickerEnabled;
  if (!option) return null;
  return (
    <>
      <Group step={step} field="variantId" legend={step.stepTitle} main findings={findings}>
        <VariantFilter name={step.stepName} variants={option.variants}>
          {(shown) => (
            <Choices
              name={step.stepName}
              variants={shown}
              chosen={new Set(variant ? [variant.id] : [])}
              // Another drawing has other colours.
              choose={(variantId) => editor.change(step.stepName, { variantId, colors: undefined })}
            />
          )}
        </VariantFilter>
      </Group>
      {drawing && recolourable && <SlotColours key={variant?.id} active={active} step={step} slots={drawing.slots} />}
    </>
  );
}
