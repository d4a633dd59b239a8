// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSpiff } from "../src/index.ts";
import { frameSays, giveFramesWindows, PLATFORM, platformAnswers, readyProduct, shownFrame, stateOf } from "./page.ts";

const loaded = { spiff: 1, type: "loaded" };
const quit = { spiff: 1, type: "quit" };
const result = {
  transactionId: "t1",
  baseCost: 2000,
  optionsCost: 150,
  exportedData: { "Name text": { value: "Anna", priceModifier: 0 } },
  previewImage: `${PLATFORM}/p.png`,
  priceToken: "token",
};
const complete = { spiff: 1, type: "complete", result };

beforeEach(() => {
  giveFramesWindows();
  document.body.replaceChildren();
  document.documentElement.style.overflow = "";
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function elementOfHeight(height: number): HTMLElement {
  const element = document.createElement("div");
  element.getBoundingClientRect = () => ({ height }) as DOMRect;
  document.body.append(element);
  return element;
}

async function opened(options: object = {}) {
  const { spiff, product } = await readyProduct();
  const experience = new spiff.Transaction({ integrationProduct: product, presentmentCurrency: "AUD", ...options });
  const events: unknown[][] = [];
  experience.on("complete", (given) => events.push(["complete", given]));
  experience.on("quit", () => events.push(["quit"]));
  const executed = experience.execute();
  executed.catch(() => undefined);
  return { spiff, product, experience, executed, events };
}

test("an object with neither product is refused", async () => {
  const { HostedExperience } = createSpiff(PLATFORM);

  await expect(new HostedExperience({ presentmentCurrency: "AUD" }).execute()).rejects.toThrow("pass an Integration");
  await expect(new HostedExperience({ product: { confirmed: { id: "p1" } } }).execute()).rejects.toThrow("pass an");
});

test("a product that was not confirmed is refused and no frame appears", async () => {
  const spiff = createSpiff(PLATFORM);
  const product = new spiff.IntegrationProduct("p1");

  await expect(new spiff.Transaction({ integrationProduct: product }).execute()).rejects.toThrow("not confirmed");
  expect(document.querySelector("iframe")).toBeNull();
});

test("a product that is only named, as pages of 2020 do, is refused where it is not there, and no frame appears", async () => {
  platformAnswers(404);
  const { Transaction } = createSpiff(PLATFORM);

  const executed = new Transaction({ integrationId: "shop.example", productId: "MUG" }).execute();

  await expect(executed).rejects.toThrow("unknown or switched off");
  expect(document.querySelector("iframe")).toBeNull();
});

test("a product that is only named, as pages of 2020 do, is confirmed and shown", async () => {
  const asked = platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  const { Transaction } = createSpiff(PLATFORM);

  void new Transaction({ integrationId: "shop.example", productId: "MUG", presentmentCurrency: "AUD" }).execute();
  await vi.waitFor(() => shownFrame());

  expect(asked.mock.calls[0]?.[0]).toBe(
    `${PLATFORM}/api/integration-products?integrationId=shop.example&productId=MUG`,
  );
  expect(new URL(shownFrame().src).searchParams.get("integrationProduct")).toBe("p1");
});

test("a second click opens no second modal over the first, and one that was left may be followed by another", async () => {
  const { spiff, product } = await opened();
  const again = new spiff.HostedExperience({ product, presentmentCurrency: "AUD" });

  await expect(again.execute()).rejects.toThrow("open already");
  expect(document.querySelectorAll("iframe").length).toBe(1);

  frameSays(quit);
  void again.execute();
  expect(document.querySelectorAll("iframe").length).toBe(1);
});

test("the portal is refused with a clear message", async () => {
  const { HostedExperience } = createSpiff(PLATFORM);

  await expect(new HostedExperience({ portalMode: true }).execute({})).rejects.toThrow("portalMode is not supported");
});

test("an element without height is refused and stays empty", async () => {
  const element = elementOfHeight(0);
  const { executed } = await opened({ embedElement: element });

  await expect(executed).rejects.toThrow("height of 0");
  expect(element.childElementCount).toBe(0);
});

test("a frame that the network kept from loading is loaded once it is back, one that spoke is left alone", async () => {
  await opened();
  const load = vi.spyOn(shownFrame(), "src", "set");

  window.dispatchEvent(new Event("online"));
  expect(load.mock.calls).toEqual([[expect.stringMatching(`^${PLATFORM}/customise[?]integrationProduct=p1`)]]);

  frameSays(loaded);
  window.dispatchEvent(new Event("online"));
  expect(load).toHaveBeenCalledTimes(1);
});

test("an object is used once", async () => {
  const { experience } = await opened();

  await expect(experience.execute()).rejects.toThrow("one object serves one run");
  expect(document.querySelectorAll("iframe")).toHaveLength(1);
});

test.each([
  ["of a wrong origin", { origin: "https://evil.example" }, loaded],
  ["of an origin that only starts alike", { origin: `${PLATFORM}.evil.example` }, loaded],
  ["of the page itself", { source: window }, loaded],
  ["without a source", { source: null }, loaded],
  ["that looks alike", {}, { type: "loaded" }],
  ["of another version", {}, { spiff: 2, type: "loaded" }],
  ["with half a result", {}, { spiff: 1, type: "complete", result: { transactionId: "t" } }],
])("a message %s is not heard", async (_name, spoiled, message) => {
  const { executed, events } = await opened();

  frameSays(message, spoiled);

  expect(await stateOf(executed)).toBe("pending");
  expect(events).toEqual([]);
});

test("the frame's address carries the product, the currency and where to answer", async () => {
  const { spiff, product } = await readyProduct();
  const experience = new spiff.Transaction({ product, presentmentCurrency: "NZD", pageSessionId: "s1" });

  void experience.execute({ workflowId: "w1" });

  const address = new URL(shownFrame().src);
  expect(address.origin + address.pathname).toBe(`${PLATFORM}/customise`);
  expect(Object.fromEntries(address.searchParams)).toEqual({
    integrationProduct: "p1",
    currency: "NZD",
    workflow: "w1",
    pageSession: "s1",
    mode: "modal",
    origin: location.origin,
  });
});

test("execute ends when the frame has loaded, in a named modal that locks the page", async () => {
  const { executed } = await opened();
  const dialog = document.querySelector("dialog");

  expect(await stateOf(executed)).toBe("pending");
  frameSays(loaded);

  expect(await stateOf(executed)).toBe("resolved");
  expect(dialog?.open).toBe(true);
  expect(dialog?.getAttribute("role")).toBe("dialog");
  expect(dialog?.getAttribute("aria-modal")).toBe("true");
  expect(dialog?.getAttribute("aria-label")).toBe("Design your product: Mug");
  expect(shownFrame().title).toBe("Design your product: Mug");
  expect(shownFrame().allow).not.toBe("");
  expect(document.documentElement.style.overflow).toBe("hidden");
});

test("complete closes the modal, gives the page back and hands over the result", async () => {
  const button = document.createElement("button");
  document.body.append(button);
  button.focus();
  const { events } = await opened();

  frameSays(loaded);
  frameSays(complete);

  expect(events).toEqual([["complete", result]]);
  expect(document.querySelector("dialog")).toBeNull();
  expect(document.documentElement.style.overflow).toBe("");
  expect(document.activeElement).toBe(button);
});

test("a hosted experience says that its result is a transaction", async () => {
  const { spiff, product } = await readyProduct();
  const experience = new spiff.HostedExperience({ product, presentmentCurrency: "AUD" });
  const completed = vi.fn();
  experience.on("complete", completed);
  void experience.execute();

  frameSays(complete);

  expect(completed).toHaveBeenCalledWith({ type: "transaction", ...result });
});

test("quit closes the modal", async () => {
  const { events } = await opened();

  frameSays(loaded);
  frameSays(quit);

  expect(events).toEqual([["quit"]]);
  expect(document.querySelector("dialog")).toBeNull();
});

test("Escape asks the frame first, and closes when it does not answer", async () => {
  const { events } = await opened();
  frameSays(loaded);
  vi.useFakeTimers();

  document.querySelector("dialog")?.dispatchEvent(new Event("cancel", { cancelable: true }));

  expect(shownFrame().contentWindow?.postMessage).toHaveBeenCalledWith({ spiff: 1, type: "close-request" }, PLATFORM);
  expect(events).toEqual([]);
  vi.advanceTimersByTime(5000);
  expect(events).toEqual([["quit"]]);
});

test("a frame that never loads can be closed by a button of the page", async () => {
  const { events } = await opened();
  vi.useFakeTimers();

  document.querySelector("dialog button")?.dispatchEvent(new Event("click"));
  vi.runAllTimers();

  expect(events).toEqual([["quit"]]);
});

test("an error of the frame refuses the promise and leaves the explanation standing", async () => {
  const { executed, events } = await opened();

  frameSays({ spiff: 1, type: "error", code: "product-unknown", detail: "This product is not known." });

  await expect(executed).rejects.toThrow("This product is not known. (product-unknown)");
  expect(shownFrame()).toBeTruthy();
  frameSays(quit);
  expect(events).toEqual([["quit"]]);
});

test("an embedded frame fills its element, never quits, and stands after it is complete", async () => {
  const element = elementOfHeight(400);
  const { events } = await opened({ embedElement: element });

  frameSays(loaded);
  frameSays(quit);
  frameSays(complete);
  frameSays(complete);

  expect(events).toEqual([["complete", result]]);
  expect(element.querySelector("iframe")?.style.height).toBe("100%");
  expect(document.querySelector("dialog")).toBeNull();
});

test("the next run in the same element takes the place of the last", async () => {
  const element = elementOfHeight(400);
  await opened({ embedElement: element });

  await opened({ embedElement: element });

  expect(element.querySelectorAll("iframe")).toHaveLength(1);
});

const FORBIDDEN = "https://forbidden.example";

async function openedForbidden(spoiled: object = {}) {
  const { spiff, product } = await readyProduct(createSpiff(FORBIDDEN));
  const executed = new spiff.Transaction({ integrationProduct: product, presentmentCurrency: "AUD" }).execute();
  executed.catch(() => undefined);
  const honest = { blockedURI: FORBIDDEN, effectiveDirective: "frame-src" };
  document.dispatchEvent(Object.assign(new Event("securitypolicyviolation"), honest, spoiled));
  return executed;
}

test("a page whose policy forbids the frame is told what to add, and stays as it was", async () => {
  await expect(openedForbidden()).rejects.toThrow(`add ${FORBIDDEN} to frame-src`);
  expect(document.querySelector("iframe")).toBeNull();
});

test.each([
  { blockedURI: "https://other.example" },
  { effectiveDirective: "img-src" },
])("what else a policy forbids is not taken for the frame: %j", async (spoiled) => {
  const state = await Promise.race([openedForbidden(spoiled).then(String, String), stateOf(new Promise(() => {}))]);

  expect(state).toBe("pending");
  expect(document.querySelector("iframe")).not.toBeNull();
});

test("bulk, an application key and a design product are taken and change nothing", async () => {
  const plain = await opened();
  const address = shownFrame().src;
  plain.events.length = 0;
  document.body.replaceChildren();

  await opened({ bulk: true, applicationKey: "key", shouldCreateDesignProduct: true });

  expect(shownFrame().src).toBe(address);
});

test("any region is accepted, and the platform stays where the script came from", async () => {
  const { spiff, product } = await readyProduct();

  spiff.setRegion("us");
  void new spiff.Transaction({ product }).execute();

  expect(new URL(shownFrame().src).origin).toBe(PLATFORM);
});
