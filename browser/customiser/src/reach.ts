/**
 * Tells the platform which steps a visit reached: each once, a few at a time, without an id and without waiting.
 * It knows nothing of answers, and stays silent where the browser asks not to follow its owner (docs/analytics.md).
 */

/** What is designed: one product by one workflow version. */
export interface Designed {
  integrationProductId: string;
  workflowId: string;
  workflowVersion: number;
}

/** Notes steps that a shopper has come to. */
export type Reached = (designed: Designed, stepNames: readonly string[]) => void;

type Send = (body: string) => void;
type Wishes = Pick<Navigator, "doNotTrack"> & { globalPrivacyControl?: boolean };

const BATCH_MS = 4000;
const MOST_STEPS = 100;

/** One visit's counter. What is not sent yet goes when the page is hidden, for it may not come back. */
export function createReach(wishes: Wishes, page: EventTarget, send: Send): Reached {
  if (wantsNotToBeFollowed(wishes)) return () => undefined;
  const known = new Set<string>();
  const waiting = new Map<string, { designed: Designed; steps: string[] }>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const { designed, steps } of waiting.values()) {
      for (let at = 0; at < steps.length; at += MOST_STEPS) {
        send(JSON.stringify({ ...designed, steps: steps.slice(at, at + MOST_STEPS) }));
      }
    }
    waiting.clear();
  };
  page.addEventListener("visibilitychange", flush);
  return (designed, stepNames) => {
    const key = JSON.stringify(designed);
    const fresh = stepNames.filter((name) => !known.has(key + name));
    if (fresh.length === 0) return;
    for (const name of fresh) known.add(key + name);
    waiting.set(key, { designed, steps: [...(waiting.get(key)?.steps ?? []), ...fresh] });
    timer ??= setTimeout(flush, BATCH_MS);
  };
}

/** Global Privacy Control, or the older Do Not Track. */
function wantsNotToBeFollowed({ globalPrivacyControl, doNotTrack }: Wishes): boolean {
  return globalPrivacyControl === true || doNotTrack === "1";
}

/** Sends counts so that they arrive although the page goes; a failure is nobody's concern. */
export function sendCounts(body: string): void {
  const headers = { "Content-Type": "application/json" };
  const init: RequestInit = { method: "POST", body, headers, keepalive: true, credentials: "omit" };
  void fetch("/api/analytics/steps", init).catch(() => undefined);
}
