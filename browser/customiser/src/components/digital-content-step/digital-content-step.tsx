/** What a code on the product leads to: a video of the shopper's, or a web address. */

import type { ActiveStep, StepOf } from "../../composing.ts";
import { takenVideos } from "../../file-kinds.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { FindingList, fieldIds, Help, useFindings } from "../field/field.tsx";
import { UploadField } from "../upload-field/upload-field.tsx";

interface DigitalContentStepProps {
  active: ActiveStep;
  step: StepOf<"DigitalContent">;
}

export function DigitalContentStep({ active, step }: DigitalContentStepProps) {
  return (
    <>
      <UploadField active={active} taken={takenVideos()} kind="video" />
      {step.allowUrl && active.answer.upload === null && <AddressField active={active} step={step} />}
    </>
  );
}

function AddressField({ active, step }: DigitalContentStepProps) {
  const { editor } = useWorkbench().session;
  const findings = useFindings(step, "url");
  const ids = fieldIds(step, "url");
  return (
    <div class="field">
      <label for={ids.control}>{words.orWebAddress}</label>
      <Help id={ids.help} text={words.webAddressHelp} />
      <input
        id={ids.control}
        type="url"
        class="text-input"
        inputMode="url"
        dir="ltr"
        placeholder="https://"
        autoComplete="off"
        value={active.answer.url ?? ""}
        aria-describedby={`${ids.help} ${ids.findings}`}
        aria-invalid={findings.length > 0}
        onInput={(event) => editor.change(step.stepName, { url: event.currentTarget.value.trim() || undefined })}
      />
      <FindingList id={ids.findings} findings={findings} />
    </div>
  );
}
