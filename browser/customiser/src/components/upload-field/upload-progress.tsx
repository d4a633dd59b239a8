/** A file on its way, or why it did not arrive. */

import { useEffect, useRef } from "preact/hooks";
import { isolated } from "../../summary.ts";
import type { UploadTask } from "../../uploading.ts";
import { uploadFailureText, words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";

interface UploadProgressProps {
  stepName: string;
  task: UploadTask;
}

/** How it stands with a file that is not there yet; on a phone it would often come above what is seen. */
export function UploadProgress(props: UploadProgressProps) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.scrollIntoView?.({ block: "nearest" }), [props.task.state]);
  return (
    <div ref={place}>
      <State {...props} />
    </div>
  );
}

function State({ stepName, task }: UploadProgressProps) {
  const { uploading } = useWorkbench().session;
  const cancel = (): void => uploading.cancel(stepName);
  switch (task.state) {
    case "sending":
      return <Sending stepName={stepName} task={task} cancel={cancel} />;
    case "waiting":
      return <Waiting task={task} retry={() => uploading.retry()} cancel={cancel} />;
    case "failed":
      return <Failed task={task} cancel={cancel} />;
  }
}

interface PartProps<State extends UploadTask["state"]> {
  task: Extract<UploadTask, { state: State }>;
  cancel: () => void;
}

function Sending({ stepName, task, cancel }: PartProps<"sending"> & { stepName: string }) {
  return (
    <div class="upload-progress">
      <label for={`${stepName}-progress`}>{words.uploading(isolated(task.file.name))}</label>
      <progress id={`${stepName}-progress`} max={1} value={task.progress} />
      <button type="button" class="button quiet small" onClick={cancel}>
        {words.cancel}
      </button>
    </div>
  );
}

function Waiting({ task, retry, cancel }: PartProps<"waiting"> & { retry: () => void }) {
  return (
    <div class="upload-waiting" role="status">
      <p>
        <strong>
          <bdi>{task.file.name}</bdi>
        </strong>{" "}
        {task.kept ? words.uploadKept : words.uploadUnkept}
      </p>
      <div class="upload-ways">
        <button type="button" class="link" onClick={retry}>
          {words.tryAgain}
        </button>
        <button type="button" class="link" onClick={cancel}>
          {words.cancel}
        </button>
      </div>
    </div>
  );
}

function Failed({ task, cancel }: PartProps<"failed">) {
  return (
    <div class="upload-failure" role="alert">
      <p class="upload-refused">
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
        <button type="button" class="link" onClick={cancel}>
          {words.dismiss}
        </button>
      </div>
    </div>
  );
}
