/** A text to write, with the choices that go with it: font, colour, outline, a picture inside the letters. */

import { countCharacters, findOption } from "../../composing.ts";
import { isolated } from "../../summary.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { Swatches } from "../swatches/swatches.tsx";
import { FillField } from "./fill-field.tsx";
import { FontCards } from "./font-cards.tsx";
import { TextField } from "./text-field.tsx";
import type { TextStepProps } from "./text-step-props.ts";
import "./text-step.css";

/** Where the shopper's words go in a text that is written around them. */
const PLACEHOLDER = "{{}}";
const GAP = "……";

export function TextStepForm(props: TextStepProps) {
  return (
    <>
      <Writing {...props} />
      <FontCards {...props} />
      <ColourField {...props} />
      <FillField {...props} />
      <StrokeField {...props} />
    </>
  );
}

function Writing({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
  const { answer, text, variant, option } = active;
  // Without a font nothing of the words would be seen or printed.
  const font = variant ?? option?.variants.find(({ priceModifier }) => priceModifier === 0);
  const isTemplate = step.replaceableText.includes(PLACEHOLDER);
  const allOfIt = answer.customiseAllText ?? false;
  const template =
    isTemplate && !allOfIt ? words.fillsIn(isolated(step.replaceableText.replaceAll(PLACEHOLDER, GAP))) : undefined;
  return (
    <div class="writing">
      <TextField
        step={step}
        typed={answer.text ?? step.defaultText}
        used={countCharacters(text)}
        least={step.minLength}
        most={step.maxLength}
        lines={step.allowNewlines}
        hint={template}
        font={variant?.asset ?? undefined}
        sample={answer.text === null}
        along={variant || !font ? {} : { variantId: font.id }}
        clearOnFocus={step.deleteDefaultOnFocus && answer.text === null}
      />
      {isTemplate && step.userCanReplaceText && (
        <label class="tick">
          <input
            type="checkbox"
            class="radio"
            checked={allOfIt}
            onChange={() => editor.change(step.stepName, { customiseAllText: allOfIt ? undefined : true })}
          />
          {words.ownText}
        </label>
      )}
    </div>
  );
}

function ColourField({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
  const findings = [...useFindings(step, "colorVariantId"), ...useFindings(step, "color")];
  const variants = findOption(editor.workflow, step.colorOption)?.variants ?? [];
  if (variants.length < 2 && !step.colorPickerEnabled) return null;
  const picked = (step.colorPickerEnabled && active.answer.color) || undefined;
  const pick = (color: string): void => editor.change(step.stepName, { color });
  return (
    <Group step={step} field="color" legend={words.colour} findings={findings}>
      <Swatches
        name={`${step.stepName}-color`}
        variants={variants}
        selected={active.colorVariant?.id}
        choose={(colorVariantId) => editor.change(step.stepName, { colorVariantId, color: undefined })}
        picker={step.colorPickerEnabled ? { picked, start: active.color ?? "#000000", pick } : undefined}
      />
    </Group>
  );
}

function StrokeField({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
  const findings = useFindings(step, "strokeVariantId");
  const variants = findOption(editor.workflow, step.strokeOption)?.variants ?? [];
  if (variants.length < 2 || step.strokeThickness <= 0) return null;
  return (
    <Group step={step} field="stroke" legend={words.outline} findings={findings}>
      <Swatches
        name={`${step.stepName}-stroke`}
        variants={variants}
        selected={active.stroke?.id}
        choose={(strokeVariantId) => editor.change(step.stepName, { strokeVariantId })}
      />
    </Group>
  );
}
