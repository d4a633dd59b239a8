/** A shop's page for tests: a platform that answers products, and a frame that speaks. */

import { vi } from "vitest";
import { createSpiff, type SpiffApi } from "../src/index.ts";

export const PLATFORM = "https://platform.example";

/** Answers every request alike; a number stands for an empty answer with that status. */
export function platformAnswers(answer: object | number | Error) {
  const fetched = vi.fn(async (_address: string, _init?: RequestInit) => {
    if (answer instanceof Error) throw answer;
    return typeof answer === "number" ? new Response("{}", { status: answer }) : Response.json(answer);
  });
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

export async function readyProduct(spiff: SpiffApi = createSpiff(PLATFORM)) {
  platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  const product = new spiff.IntegrationProduct("p1");
  await product.confirmActive();
  return { spiff, product };
}

/** Frames without a window of their own in the test's DOM get one that only takes messages. */
export function giveFramesWindows() {
  const windows = new WeakMap<object, object>();
  vi.spyOn(HTMLIFrameElement.prototype, "contentWindow", "get").mockImplementation(function (this: object) {
    const own = windows.get(this) ?? { postMessage: vi.fn() };
    windows.set(this, own);
    return own as Window;
  });
  // A frame with a document of its own is not loaded from its address, which the test's DOM would complain about.
  vi.spyOn(HTMLIFrameElement.prototype, "getAttribute").mockImplementation(function (this: Element, name) {
    return name === "srcdoc" ? "" : Element.prototype.getAttribute.call(this, name);
  });
}

export function shownFrame(): HTMLIFrameElement {
  const frame = document.querySelector("iframe");
  if (!frame) throw new Error("no frame is shown");
  return frame;
}

/** The frame says something; every part can be spoiled. */
export function frameSays(data: unknown, spoiled: { origin?: string; source?: unknown } = {}): void {
  const event = new Event("message");
  const honest = { data, origin: PLATFORM, source: shownFrame().contentWindow };
  window.dispatchEvent(Object.assign(event, honest, spoiled));
}

/** Tells how a promise stands after everything that is due has run. */
export function stateOf(promise: Promise<unknown>): Promise<string> {
  const settled = promise.then(
    () => "resolved",
    () => "rejected",
  );
  const later = new Promise<string>((resolve) => setTimeout(() => resolve("pending")));
  return Promise.race([settled, later]);
}
