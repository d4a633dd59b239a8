/** A text to write, with the choices that go with it: font, colour, outline. */

import { findOption } from "../../composing.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { FindingList, fieldIds, Group, Help, Title, useFindings } from "../field/field.tsx";
import { Swatches } from "../swatches/swatches.tsx";
import { FontCards } from "./font-cards.tsx";
import type { TextStepProps } from "./text-step-props.ts";
import "./text-step.css";

export function TextStepForm(props: TextStepProps) {
  return (
    <>
      <TextField {...props} />
      <FontCards {...props} />
      <ColourField {...props} />
      <StrokeField {...props} />
    </>
  );
}

function TextField({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
  const findings = useFindings(step, "text", "text");
  const ids = fieldIds(step, "text");
  const text = active.answer.text ?? step.defaultText;
  const attributes = {
    id: ids.control,
    class: "text-input",
    value: text,
    autoComplete: "off",
    "aria-describedby": `${ids.help} ${ids.control}-count ${ids.findings}`,
    "aria-invalid": findings.length > 0,
    "aria-required": step.mandatory,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      editor.change(step.stepName, { text: event.currentTarget.value }),
  };
  return (
    <div class="field main">
      <label for={ids.control}>
        <Title text={step.stepTitle} optional={!step.mandatory} />
      </label>
      <Help id={ids.help} text={step.helpText} />
      {step.allowNewlines ? (
        <textarea rows={2} {...attributes} />
      ) : (
        <input type="text" enterKeyHint="done" {...attributes} />
      )}
      <CharacterCount id={`${ids.control}-count`} used={[...active.text].length} limit={step.maxLength} />
      <FindingList id={ids.findings} findings={findings} />
    </div>
  );
}

function CharacterCount({ id, used, limit }: { id: string; used: number; limit: number }) {
  return (
    <p id={id} class={used > limit ? "count over" : "count"}>
      {words.characters(used, limit)}
    </p>
  );
}

function ColourField({ active, step }: TextStepProps) {
  const { editor } = useWorkbench().session;
  const findings = [...useFindings(step, "colorVariantId", "text"), ...useFindings(step, "color", "text")];
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
  const findings = useFindings(step, "strokeVariantId", "text");
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
