/** A file on its way, or why it did not arrive. */

import type { UploadTask } from "../../uploading.ts";
import { uploadFailureText, words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";

interface UploadProgressProps {
  stepName: string;
  task: UploadTask;
  retry: () => void;
}

export function UploadProgress({ stepName, task, retry }: UploadProgressProps) {
  const { uploading } = useWorkbench().session;
  const cancel = (): void => uploading.cancel(stepName);
  return task.state === "sending" ? (
    <div class="upload-progress">
      <label for={`${stepName}-progress`}>
        <bdi>{words.uploading(task.file.name)}</bdi>
      </label>
      <progress id={`${stepName}-progress`} max={1} value={task.progress} />
      <button type="button" class="button quiet small" onClick={cancel}>
        {words.cancel}
      </button>
    </div>
  ) : (
    <div class="upload-failure" role="alert">
      <p>
        <strong>
          <bdi>{task.file.name}</bdi>
        </strong>{" "}
        {uploadFailureText(task.code)}
      </p>
      {task.detail && task.code.startsWith("svg-") && (
        <p class="upload-reason" lang="en" dir="ltr">
          {task.detail}
        </p>
      )}
      <div class="upload-ways">
        {task.code === "away" && (
          <button type="button" class="link" onClick={retry}>
            {words.tryAgain}
          </button>
        )}
        <button type="button" class="link" onClick={cancel}>
          {words.dismiss}
        </button>
      </div>
    </div>
  );
}
