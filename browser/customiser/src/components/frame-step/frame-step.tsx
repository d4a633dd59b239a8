/** An upload in a frame: the file, how it lies in the frame, and the frame's shape. */

import { takenBy } from "../../file-kinds.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Choices } from "../choice-step/choice-step.tsx";
import { Group, useFindings } from "../field/field.tsx";
import { UploadField } from "../upload-field/upload-field.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";
import type { FrameStepProps } from "./frame-step-props.ts";
import { Placing } from "./placing.tsx";

export function FrameStep({ active, step }: FrameStepProps) {
  return (
    <>
      <UploadField active={active} taken={takenBy(step)} kind="picture" />
      <Placing active={active} step={step} />
      <ShapeField active={active} step={step} />
    </>
  );
}

function ShapeField({ active, step }: FrameStepProps) {
  const { editor } = useWorkbench().session;
  const findings = useFindings(step, "variantId");
  const { option, variant } = active;
  if (!option || option.variants.length < 2) return null;
  return (
    <Group step={step} field="variantId" legend={words.shape} findings={findings}>
      <VariantFilter name={step.stepName} variants={option.variants}>
        {(shown) => (
          <Choices
            name={`${step.stepName}-shape`}
            variants={shown}
            chosen={new Set(variant ? [variant.id] : [])}
            choose={(variantId) => editor.change(step.stepName, { variantId })}
          />
        )}
      </VariantFilter>
    </Group>
  );
}
