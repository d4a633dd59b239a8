/** The file a step has: what it is, and how to get rid of it. */

import type { Step } from "../../composing.ts";
import type { Upload } from "../../uploads.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { FileButton, type PickerProps } from "./file-button.tsx";
import { UploadPicture } from "./upload-picture.tsx";

interface UploadedFileProps {
  step: Step;
  upload: Upload;
  picker: PickerProps;
}

export function UploadedFile({ step, upload, picker }: UploadedFileProps) {
  const { editor } = useWorkbench().session;
  const { name, widthPx, heightPx } = upload;
  return (
    <div class="uploaded-file">
      <UploadPicture upload={upload} />
      <div class="uploaded-about">
        <p class="uploaded-name">
          <bdi>{name}</bdi>
          {widthPx && heightPx && (
            <span class="uploaded-size" dir="ltr">
              {" "}
              {words.pixels(widthPx, heightPx)}
            </span>
          )}
        </p>
        <div class="uploaded-ways">
          <FileButton {...picker} look="link" text={words.replace} />
          <button
            type="button"
            class="link"
            onClick={() => editor.change(step.stepName, { upload: undefined, placement: undefined })}
          >
            {words.remove}
          </button>
        </div>
      </div>
    </div>
  );
}
