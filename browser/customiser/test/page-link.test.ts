// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { linkPage } from "../src/page-link.ts";
import { readParams } from "../src/params.ts";

const SHOP = "https://shop.example";

function framedWindow() {
  const parent = { postMessage: vi.fn() };
  const frame = Object.assign(new EventTarget(), { parent }) as unknown as Window;
  const says = (spoiled: object = {}): void => {
    const honest = { data: { spiff: 1, type: "close-request" }, origin: SHOP, source: parent };
    frame.dispatchEvent(Object.assign(new Event("message"), honest, spoiled));
  };
  return { frame, parent, says };
}

test.each([
  ["a wrong origin", { origin: "https://evil.example" }],
  ["another window", { source: {} }],
  ["another message", { data: { spiff: 1, type: "quit" } }],
])("a close request from %s is not heard", (_name, spoiled) => {
  const { frame, says } = framedWindow();
  const close = vi.fn();
  linkPage(frame, SHOP).onCloseRequest(close);

  says(spoiled);
  expect(close).not.toHaveBeenCalled();

  says();
  expect(close).toHaveBeenCalledOnce();
});

test("messages go to the page's origin only", () => {
  const { frame, parent } = framedWindow();

  linkPage(frame, SHOP).loaded();

  expect(parent.postMessage).toHaveBeenCalledExactlyOnceWith({ spiff: 1, type: "loaded" }, SHOP);
});

test("without an origin nothing is said to anybody", () => {
  const { frame, parent } = framedWindow();
  const link = linkPage(frame, undefined);

  link.loaded();
  link.quit();

  expect(link.connected).toBe(false);
  expect(parent.postMessage).not.toHaveBeenCalled();
});

test.each(["*", "null", "javascript:alert(1)", "shop.example", ""])("%s is no origin", (origin) => {
  expect(readParams(`?origin=${encodeURIComponent(origin)}`).origin).toBeUndefined();
});

test("a currency that is none is not passed on", () => {
  expect(readParams("?currency=dollars").currency).toBeUndefined();
});

test("an id of a visit that the platform would refuse is not passed on: no design could be saved with it", () => {
  const made = "716372aa-2db4-45e4-a6c5-6ee1b9016345";

  expect(readParams("?pageSession=visit-7").pageSession).toBeUndefined();
  expect(readParams(`?pageSession=${made}`).pageSession).toBe(made);
});

test("the address is read; an origin is cut to what an origin is", () => {
  expect(
    readParams("?integrationProduct=p1&currency=aud&workflow=w1&mode=embedded&origin=https://shop.example/a"),
  ).toEqual({
    integrationProduct: "p1",
    currency: "AUD",
    workflow: "w1",
    pageSession: undefined,
    origin: SHOP,
    embedded: true,
  });
});
