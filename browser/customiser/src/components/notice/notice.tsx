/** A quiet note above the steps: the design was kept, or changed elsewhere. */

import type { Notice } from "../../session.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import "./notice.css";

function textOf(notice: Notice): string {
  const texts = {
    "kept-design": words.keptDesign,
    "changed-elsewhere": words.changedElsewhere,
    "started-anew": words.startedAnew,
    resumed: words.resumed,
    "ordered-copy": words.orderedCopy,
    "nothing-kept": words.nothingKept,
  };
  return texts[notice];
}

export function NoticeBar() {
  const { session, startOver } = useWorkbench();
  const { autosave } = session;
  const notice = session.notice.value;
  const other = notice === "changed-elsewhere" && autosave.other.value;
  const dismiss = (): void => {
    session.notice.value = undefined;
    autosave.keepOurs();
  };
  const takeOther = (): void => {
    autosave.takeOther();
    dismiss();
  };
  return (
    <div role="status">
      {notice && (
        <p class="notice">
          <span>{other ? words.changedInBoth : textOf(notice)}</span>
          {other && (
            <button type="button" class="link" onClick={takeOther}>
              {words.takeOther}
            </button>
          )}
          {notice === "kept-design" && (
            <button type="button" class="link" onClick={startOver}>
              {words.startOver}
            </button>
          )}
          <button type="button" class="link" onClick={dismiss}>
            {words.dismiss}
          </button>
        </p>
      )}
    </div>
  );
}
