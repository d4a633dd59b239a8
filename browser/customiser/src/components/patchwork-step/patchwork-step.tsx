/** A pattern of which each shopper gets another part, and may ask for yet another. */

import type { ActiveStep } from "../../composing.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Choices } from "../choice-step/choice-step.tsx";
import { Group, useFindings } from "../field/field.tsx";
import { Icon } from "../icon/icon.tsx";
import { VariantFilter } from "../variant-filter/variant-filter.tsx";

export function PatchworkStep({ active }: { active: ActiveStep }) {
  const { editor } = useWorkbench().session;
  const { step, option, variant } = active;
  const findings = useFindings(step, "variantId");
  if (!option) return null;
  const several = option.variants.length > 1;
  return (
    <Group step={step} field="variantId" legend={step.stepTitle} main findings={findings}>
      {several && (
        <VariantFilter name={step.stepName} variants={option.variants}>
          {(shown) => (
            <Choices
              name={step.stepName}
              variants={shown}
              chosen={new Set(variant ? [variant.id] : [])}
              choose={(variantId) => editor.change(step.stepName, { variantId })}
            />
          )}
        </VariantFilter>
      )}
      <button
        type="button"
        class="button quiet after-choices"
        onClick={() => editor.change(step.stepName, { seed: anySeed() })}
      >
        <Icon name="another" /> {words.anotherPart}
      </button>
    </Group>
  );
}

function anySeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
