// @vitest-environment happy-dom
import { beforeEach, expect, expectTypeOf, test, vi } from "vitest";
import type { ConfirmableProduct, ExecuteOptions, ExperienceOptions, Spiff } from "../npm/index.d.ts";
import { createSpiff } from "../src/index.ts";

/** Scripts that were added to the page; the test's DOM would try to run them. */
let added: HTMLScriptElement[] = [];

beforeEach(() => {
  delete window.Spiff;
  added = [];
  vi.spyOn(document.head, "append").mockImplementation((...nodes) => {
    added.push(...(nodes as HTMLScriptElement[]));
  });
  vi.resetModules();
});

async function loader() {
  return (await import("../npm/index.js")).loadSpiff;
}

function lastScript(): HTMLScriptElement {
  const script = added.at(-1);
  if (!script) throw new Error("no script was added");
  return script;
}

test("the types say what the script does", () => {
  const made = createSpiff("https://platform.example");

  expectTypeOf(made.setRegion).toExtend<Spiff["setRegion"]>();
  expectTypeOf(made.openWorkflow).toExtend<Spiff["openWorkflow"]>();
  expectTypeOf(made.Analytics).toExtend<Spiff["Analytics"]>();
  expectTypeOf(new made.IntegrationProduct("p")).toExtend<InstanceType<Spiff["IntegrationProduct"]>>();
  expectTypeOf(new made.Product({ integrationId: "s", productId: "p" })).toExtend<InstanceType<Spiff["Product"]>>();
  const described: Record<keyof Spiff, unknown> = made;
  const members: Record<keyof typeof made, unknown> = {} as Spiff;
  expect(Object.keys(described).sort()).toEqual(Object.keys(made).sort());
  expect(members).toBeDefined();
});

test("the script is added once, however often it is asked for", async () => {
  const loadSpiff = await loader();
  const first = loadSpiff("https://platform.example");
  const second = loadSpiff("https://platform.example");
  const made = createSpiff("https://platform.example");
  window.Spiff = made as never;
  lastScript().dispatchEvent(new Event("load"));

  await expect(first).resolves.toBe(made);
  await expect(second).resolves.toBe(made);
  expect(added.length).toBe(1);
  expect(lastScript().src).toBe("https://platform.example/api.js");
});

test("a pinned script is asked for with its integrity", async () => {
  const loadSpiff = await loader();
  void loadSpiff("https://platform.example", { src: "https://platform.example/files/1", integrity: "sha384-x" });

  expect(lastScript().src).toBe("https://platform.example/files/1");
  expect(lastScript().getAttribute("integrity")).toBe("sha384-x");
  expect(lastScript().crossOrigin).toBe("anonymous");
});

test("a script that does not come is told, and may be asked for again", async () => {
  const loadSpiff = await loader();
  const failed = loadSpiff("https://platform.example");
  lastScript().dispatchEvent(new Event("error"));

  await expect(failed).rejects.toThrow("could not be loaded from https://platform.example/api.js");
  void loadSpiff("https://platform.example");
  expect(added.length).toBe(2);
});

test("what a page has not yet may be passed as it is", () => {
  const product: ConfirmableProduct | undefined = undefined;
  const options: ExperienceOptions = { product, presentmentCurrency: undefined, embedElement: undefined };
  const run: ExecuteOptions = { workflowId: undefined, transactionId: undefined };

  expect([Object.keys(options).length, Object.keys(run).length]).toEqual([3, 2]);
});
