// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { createSpiff } from "../src/index.ts";
import { PLATFORM, platformAnswers, readyProduct } from "./page.ts";

afterEach(() => vi.restoreAllMocks());

async function eventsOf(answer: object | number | Error): Promise<string[]> {
  platformAnswers(answer);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const events: string[] = [];
  const product = new (createSpiff(PLATFORM).IntegrationProduct)("p1");
  product.on("ready", () => events.push("ready"));
  product.on("invalid", () => events.push("invalid"));
  await product.confirmActive();
  return events;
}

test.each([
  ["an unknown product", 404],
  ["a disabled product", { id: "p1", enabled: false }],
])("%s is invalid, which is no error, and the console says where it was looked for", async (_name, answer) => {
  const warned = vi.spyOn(console, "warn").mockImplementation(() => undefined);

  expect(await eventsOf(answer)).toEqual(["invalid"]);

  expect(console.error).not.toHaveBeenCalled();
  expect(warned.mock.calls.flat().join(" ")).toContain(`${PLATFORM}/api/integration-products/p1`);
});

test.each([
  ["ready", { id: "p1", enabled: true, name: "Mug" }],
  ["invalid", 503],
])("who registers for %s after the check has ended is told, once", async (eventName, answer) => {
  platformAnswers(answer);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const product = new (createSpiff(PLATFORM).IntegrationProduct)("p1");
  await product.confirmActive();
  const told = vi.fn();
  for (const name of ["ready", "invalid"]) product.on(name, () => told(name));

  await product.confirmActive();

  expect(told.mock.calls).toEqual([[eventName]]);
});

test.each([
  ["the network away", new TypeError("Failed to fetch"), "Failed to fetch"],
  ["the platform in trouble", 503, "503"],
  ["an answer that is no product", { enabled: true }, "not a product"],
])("%s makes it invalid and says why", async (_name, answer, why) => {
  expect(await eventsOf(answer)).toEqual(["invalid"]);
  expect(vi.mocked(console.error).mock.calls.flat().join(" ")).toContain(why);
});

test("a callback that throws in ready does not make it invalid", async () => {
  platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  const reported = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const product = new (createSpiff(PLATFORM).IntegrationProduct)("p1");
  const invalid = vi.fn();
  const second = vi.fn();
  product.on("ready", () => {
    throw new Error("of the shop");
  });
  product.on("ready", second);
  product.on("invalid", invalid);

  await product.confirmActive();

  expect(second).toHaveBeenCalledOnce();
  expect(invalid).not.toHaveBeenCalled();
  expect(reported).toHaveBeenCalledOnce();
});

test("a ready product is asked for once, by its id, without cookies", async () => {
  const fetched = platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  const product = new (createSpiff(PLATFORM).IntegrationProduct)("a/b");
  const ready = vi.fn();
  product.on("ready", ready);

  await Promise.all([product.confirmActive(), product.confirmActive()]);

  expect(ready).toHaveBeenCalledOnce();
  expect(fetched.mock.calls).toEqual([[`${PLATFORM}/api/integration-products/a%2Fb`, { credentials: "omit" }]]);
});

test("a product is also found by the shop's own identifiers", async () => {
  const fetched = platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  const product = new (createSpiff(PLATFORM).Product)({ integrationId: "shop.example", productId: "12 3" });
  const ready = vi.fn();
  product.on("ready", ready);

  await product.confirmActive();

  expect(fetched.mock.calls[0]?.[0]).toBe(
    `${PLATFORM}/api/integration-products?integrationId=shop.example&productId=12+3`,
  );
  expect(ready).toHaveBeenCalledOnce();
});

test("a page session is recorded for the product that became ready, and a failure stays silent", async () => {
  const { spiff } = await readyProduct();
  const fetched = platformAnswers(new TypeError("away"));

  const id = spiff.Analytics.createPageSession();

  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(fetched.mock.calls[0]?.[0]).toBe(`${PLATFORM}/api/page-sessions`);
  expect(JSON.parse(String(fetched.mock.calls[0]?.[1]?.body))).toEqual({ id, integrationProductId: "p1" });
});
