/** A colour for an area: swatches, and a picker where any colour is allowed. */

import { Fragment } from "preact";
import type { ActiveStep, Variant } from "../../composing.ts";
import { CUSTOM_COLOR } from "../../scenes.ts";
import { words } from "../../words.ts";
import { goToStep, stepTitle, useWorkbench } from "../../workbench.ts";
import { FindingNote, Group, useFindings } from "../field/field.tsx";
import { Swatches } from "../swatches/swatches.tsx";

const START_COLOUR = "#888888";

export function ShapeStep({ active }: { active: ActiveStep }) {
  const { editor } = useWorkbench().session;
  const { step, option, answer, variant: selected } = active;
  const findings = useFindings(step, "variantId");
  if (!option) return null;
  const custom = option.variants.find(isCustom);
  const picked = selected && isCustom(selected) ? (answer.color ?? "") : undefined;
  const pick = (color: string): void => editor.change(step.stepName, { variantId: custom?.id, color });
  return (
    <Group step={step} field="variantId" legend={step.stepTitle} main findings={findings}>
      <Swatches
        name={step.stepName}
        variants={option.variants.filter((one) => !isCustom(one))}
        selected={picked === undefined ? selected?.id : undefined}
        choose={(variantId) => editor.change(step.stepName, { variantId, color: undefined })}
        picker={custom && { picked, start: START_COLOUR, pick, variant: custom }}
      />
      <Hidden color={picked ?? selected?.color ?? null} />
    </Group>
  );
}

/** What can hardly be seen on this colour, told where the colour is chosen; it is mended there, or here. */
function Hidden({ color }: { color: string | null }) {
  const workbench = useWorkbench();
  const hidden = workbench.findings.value.filter(
    ({ code, detail }) => code === "contrast-too-low" && detail === color?.toLowerCase(),
  );
  const [first] = hidden;
  return (
    <div role="status">
      {first && (
        <FindingNote level={first.level}>
          {words.hidesWords}{" "}
          {hidden.map(({ stepName }, index) => (
            <Fragment key={stepName}>
              {index > 0 && " · "}
              <button type="button" class="link" onClick={() => goToStep(workbench, stepName)}>
                {stepTitle(workbench.session, stepName)}
              </button>
            </Fragment>
          ))}
        </FindingNote>
      )}
    </div>
  );
}

function isCustom({ color }: Variant): boolean {
  return color === CUSTOM_COLOR;
}
