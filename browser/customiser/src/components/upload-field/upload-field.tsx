/** A file to choose or drop: how far it is, what came of it, and what is wrong with it. */

import { useLayoutEffect, useRef } from "preact/hooks";
import type { ActiveStep } from "../../composing.ts";
import { isTaken, namesOf } from "../../file-kinds.ts";
import { isolated } from "../../summary.ts";
import { isOnItsWay } from "../../uploading.ts";
import type { Upload } from "../../uploads.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Group, useFindings } from "../field/field.tsx";
import { Icon } from "../icon/icon.tsx";
import { useDropping } from "./dropping.ts";
import { FileButton, type PickerProps } from "./file-button.tsx";
import { UploadPicture } from "./upload-picture.tsx";
import { UploadProgress } from "./upload-progress.tsx";
import { UploadedFile } from "./uploaded-file.tsx";
import "./upload-field.css";

interface UploadFieldProps {
  active: ActiveStep;
  /** The ends of names that are taken. */
  taken: readonly string[];
  kind: "picture" | "video";
}

export function UploadField({ active, taken, kind }: UploadFieldProps) {
  const { uploads, uploading } = useWorkbench().session;
  const { step, answer } = active;
  const found = useFindings(step, "upload");
  const task = uploading.tasks.value.get(step.stepName);
  // Why the last file was refused asks for another one already.
  const findings = task ? found.filter(({ code }) => code !== "mandatory-empty") : found;
  const upload = uploads.all.value.get(answer.upload ?? "");
  const add = (file: File | undefined): void => {
    if (!file) return;
    if (isTaken(file.name, taken)) void uploading.start(step.stepName, file);
    else uploading.refuse(step.stepName, file, "upload-not-allowed");
  };
  const picker = { add, taken, name: step.stepName };
  const focus = useKeptFocus(`${task?.state} ${upload?.sha256}`);
  const { over, ...dropping } = useDropping(add);
  return (
    <Group step={step} field="upload" legend={step.stepTitle} main findings={findings}>
      <div class={over ? "file-place over" : "file-place"} {...focus} {...dropping}>
        {task && <UploadProgress stepName={step.stepName} task={task} />}
        {upload && <UploadedFile step={step} upload={upload} picker={picker} />}
        {!upload && !(task && isOnItsWay(task)) && <DropZone kind={kind} over={over} {...picker} />}
        {!upload && !task && <EarlierFiles step={step} taken={taken} />}
      </div>
    </Group>
  );
}

/** What had the focus goes as a file comes: then what takes its place has it. */
function useKeptFocus(state: string) {
  const place = useRef<HTMLDivElement>(null);
  const held = useRef(false);
  useLayoutEffect(() => {
    if (!held.current || document.activeElement !== document.body) return;
    place.current?.querySelector<HTMLElement>("button, input")?.focus({ preventScroll: true });
  }, [state]);
  return {
    ref: place,
    onFocusIn: () => {
      held.current = true;
    },
    onFocusOut: ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget) held.current = false;
    },
  };
}

function DropZone({ kind, over, ...picker }: PickerProps & { kind: UploadFieldProps["kind"]; over: boolean }) {
  const [first, ...others] = namesOf(picker.taken);
  return (
    <div class="drop-zone">
      <Icon name={kind === "video" ? "film" : "upload"} size={28} />
      <FileButton {...picker} look="button primary" text={kind === "video" ? words.chooseVideo : words.chooseFile} />
      <p class="drop-hint">{over ? words.dropNow : words.dropHere}</p>
      {first && <p class="drop-hint small">{words.takes(words.list([first, ...others].map(isolated)))}</p>}
    </div>
  );
}

/** What was added for another step serves this one, too. */
function EarlierFiles({ step, taken }: { step: ActiveStep["step"]; taken: readonly string[] }) {
  const { uploads, editor } = useWorkbench().session;
  const fitting = [...uploads.all.value.values()].filter((upload) => isTaken(plainName(upload), taken));
  if (fitting.length === 0) return null;
  return (
    <div class="earlier-files">
      <p class="help">{words.earlierFiles}</p>
      {fitting.map((upload) => (
        <button
          key={upload.sha256}
          type="button"
          class="earlier-file"
          onClick={() => editor.change(step.stepName, { upload: upload.sha256, placement: undefined, url: undefined })}
        >
          <span class="hidden">{words.useFile(isolated(upload.name))}</span>
          <UploadPicture upload={upload} />
        </button>
      ))}
    </div>
  );
}

/** A name whose end says what is kept, whatever the shopper called it. */
function plainName({ kind }: Upload): string {
  return { picture: ".png", drawing: ".svg", video: ".mp4" }[kind] ?? ".none";
}
