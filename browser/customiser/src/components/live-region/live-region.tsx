/** The design in words, for those who cannot see the preview; spoken a moment after the last change. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { choices } from "../../summary.ts";
import { findingText } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";

const PAUSE_MS = 900;

export function LiveRegion() {
  const workbench = useWorkbench();
  const description = describe(workbench);
  const spoken = useSignal("");
  useEffect(() => {
    const timer = setTimeout(() => {
      spoken.value = description;
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [description]);
  return (
    <>
      <p class="hidden" role="status">
        {workbench.said.value}
      </p>
      <p class="hidden" aria-live="polite">
        {spoken.value}
      </p>
    </>
  );
}

function describe({ session, findings }: Workbench): string {
  const made = choices(session.editor.active.value, session.uploads.all.value).map(
    ({ title, value }) => `${title}: ${value}.`,
  );
  const wrong = findings.value.map(findingText);
  return [...wrong, ...made].join(" ");
}
