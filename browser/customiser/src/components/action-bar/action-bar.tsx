/** The price, and the way on: back, next, finish. */

import { useSignal } from "@preact/signals";
import type { Finding, JudgedFinding } from "../../composing.ts";
import { Away, isAboutTerms, Refused, STALE } from "../../platform.ts";
import { isOnItsWay } from "../../uploading.ts";
import { findingText, words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import { TotalPrice } from "./total-price.tsx";
import "./action-bar.css";

export function ActionBar() {
  const workbench = useWorkbench();
  const { place, scene, go } = workbench;
  return (
    <footer class="action-bar">
      {/* What was opened in one scene is closed in the next. */}
      <TotalPrice key={place.value} />
      {place.value > 0 && (
        <button type="button" class="button quiet" onClick={() => go(place.value - 1)}>
          {words.back}
        </button>
      )}
      {scene.value ? (
        <button type="button" class="button primary" onClick={() => goOn(workbench)}>
          {words.next}
        </button>
      ) : (
        <FinishButton />
      )}
    </footer>
  );
}

/** Why the design is not finished yet; shown as long as it holds. */
interface Hindrance {
  text: string;
  holds: () => boolean;
}

function FinishButton() {
  const workbench = useWorkbench();
  const busy = useSignal(false);
  const hindrance = useSignal<Hindrance | undefined>(undefined);
  const press = async (): Promise<void> => {
    if (busy.value) return;
    hindrance.value = unsent(workbench);
    if (hindrance.value || blocked(workbench)) return;
    hindrance.value = disagreed(workbench);
    if (hindrance.value) return;
    busy.value = true;
    await workbench.finish().catch((error: unknown) => {
      hindrance.value = { text: finishFailure(error), holds: () => true };
    });
    busy.value = false;
  };
  return (
    <>
      <button type="button" class="button primary" aria-disabled={busy.value} onClick={() => void press()}>
        {busy.value ? words.finishing : words.finish}
      </button>
      <p class="finish-failure" role="alert">
        {hindrance.value?.holds() ? hindrance.value.text : undefined}
      </p>
    </>
  );
}

/** Goes to the next scene, unless something in this one needs the shopper first. */
function goOn(workbench: Workbench): void {
  const { scene, place, go, session } = workbench;
  const names = (scene.value?.steps ?? []).map(({ step }) => step.stepName);
  // A file on its way need not be waited for here.
  const waits = ({ stepName, code }: JudgedFinding): boolean => {
    const task = session.uploading.tasks.value.get(stepName);
    return code === "mandatory-empty" && task !== undefined && isOnItsWay(task);
  };
  const first = session.findings.value.find(
    (one) => one.level === "block" && names.includes(one.stepName) && !waits(one),
  );
  if (first) attend(workbench, first, names);
  else go(place.value + 1);
}

function attend({ pointOut, focusStep }: Workbench, { stepName }: Finding, names: string[]): void {
  pointOut(names);
  focusStep.value = stepName;
}

/** In the summary everything that is missing is listed; the list takes the focus. */
function blocked({ session, pointOut }: Workbench): boolean {
  const names = session.findings.value.filter(({ level }) => level === "block").map(({ stepName }) => stepName);
  pointOut(names);
  if (names.length === 0) return false;
  requestAnimationFrame(() => document.getElementById("summary-findings")?.focus());
  return true;
}

/** A file that waits for the network is not there in a moment. */
function unsent({ session: { uploading } }: Workbench): Hindrance | undefined {
  if (!uploading.busy) return undefined;
  const waits = [...uploading.tasks.value.values()].some(({ state }) => state === "waiting");
  return { text: waits ? words.finishFailedAway : words.uploadBusy, holds: () => uploading.busy };
}

/** What is sold on terms is finished once the shopper agrees; the box takes the focus. */
function disagreed({ agreed }: Workbench): Hindrance | undefined {
  if (agreed.value) return undefined;
  requestAnimationFrame(() => document.getElementById("terms")?.focus());
  return { text: words.agreeFirst, holds: () => !agreed.value };
}

function finishFailure(error: unknown): string {
  if (error instanceof Away) return words.finishFailedAway;
  if (isAboutTerms(error)) return words.termsChanged;
  if (error instanceof Refused && error.status === STALE) return words.finishChangedElsewhere;
  if (!(error instanceof Refused)) return words.finishRefused("");
  const [finding] = error.findings;
  return finding ? findingText(finding) : words.finishRefused(error.code);
}
