// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { render } from "preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { App } from "../src/components/app/app.tsx";
import { type Opening, openCustomiser } from "../src/opening.ts";
import type { PageLink } from "../src/page-link.ts";
import { readParams } from "../src/params.ts";
import { FakePlatform } from "./fake-platform.ts";
import { PLAIN_FONT, SCRIPT_FONT } from "./mug.ts";

const read = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../node_modules", path)));
const FILES: [string, Uint8Array<ArrayBuffer>][] = [
  ["/static/customiser/harfbuzz.wasm", read("harfbuzzjs/dist/harfbuzz.wasm")],
  [`/files/${PLAIN_FONT}`, read("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")],
  [`/files/${SCRIPT_FONT}`, read("@expo-google-fonts/pacifico/400Regular/Pacifico_400Regular.ttf")],
];

let platform: FakePlatform;
let place: HTMLElement;
let opening: Opening;
let link: { [Name in keyof PageLink]: PageLink[Name] };

beforeEach(() => {
  platform = new FakePlatform();
  for (const [path, bytes] of FILES) platform.files.set(path, bytes);
  vi.stubGlobal("fetch", platform.fetch);
  vi.stubGlobal(
    "FontFace",
    class {
      load = async (): Promise<never> => Promise.reject(new Error("no fonts in this page"));
    },
  );
  localStorage.clear();
  place = document.createElement("div");
  document.body.replaceChildren(place);
});
afterEach(() => {
  leave();
  vi.unstubAllGlobals();
});

async function open(product = "p1"): Promise<void> {
  link = {
    connected: true,
    loaded: vi.fn(),
    quit: vi.fn(),
    complete: vi.fn(),
    error: vi.fn(),
    onCloseRequest: vi.fn(),
  };
  opening = openCustomiser(readParams(`?integrationProduct=${product}&currency=USD&origin=https://shop.example`), link);
  render(<App opening={opening} embedded={false} closable={true} />, place);
  await vi.waitFor(() => expect(place.querySelector("h1")).toBeTruthy());
}

/** As a closed tab: nothing more is sent, only what is kept on the device stays. */
function leave(): void {
  const screen = opening.screen.peek();
  if (screen.kind === "editing") screen.session.end();
  render(null, place);
}

function button(name: string): HTMLButtonElement {
  const found = [...place.querySelectorAll("button")].find(({ textContent }) => textContent.trim() === name);
  if (!found) throw new Error(`there is no button ${name}`);
  return found;
}

function input(label: string): HTMLInputElement {
  const found = [...place.querySelectorAll("label")].find(({ textContent }) => textContent.includes(label));
  const control = found?.htmlFor ? document.getElementById(found.htmlFor) : found?.querySelector("input");
  if (!(control instanceof HTMLInputElement)) throw new Error(`there is no field ${label}`);
  return control;
}

function write(label: string, text: string): void {
  const field = input(label);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function press(name: string): Promise<void> {
  button(name).click();
  await settled();
}

async function choose(label: string): Promise<void> {
  input(label).click();
  await settled();
}

/** Preact renders in the next turn, and effects after a frame. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

const heading = (): string => place.querySelector("h1")?.textContent.trim() ?? "";
const drawing = (): string => place.querySelector(".stage path")?.getAttribute("d") ?? "";

async function faults(): Promise<string[]> {
  // Colours need a real page: they are looked at there.
  const { violations } = await axe.run(place, {
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

test("an unknown product is explained, and the page is told", async () => {
  await open("nope");

  expect(heading()).toBe("This product can’t be customised");
  expect(link.error).toHaveBeenCalledExactlyOnceWith("product-unknown", expect.any(String));
  expect(link.loaded).not.toHaveBeenCalled();
  expect(await faults()).toEqual([]);
});

test("with the network away it says so, and starts when asked again", async () => {
  platform.away = true;
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await open();
  expect(heading()).toBe("We can’t reach the shop’s server");

  platform.away = false;
  await press("Try again");

  await vi.waitFor(() => expect(heading()).toBe("Your text"));
});

test("an empty mandatory step is pointed out only when the shopper goes on, and the design is not finished", async () => {
  await open();
  expect(place.textContent).not.toContain("Please choose one.");

  await press("Summary");
  await press("Finish");

  expect(place.textContent).toContain("Please choose one.");
  expect(link.complete).not.toHaveBeenCalled();
  await press("Gift wrap");
  expect(heading()).toBe("Gift");
  expect(await faults()).toEqual([]);
});

test("a text that is too long is explained beside it and not sent", async () => {
  await open();

  write("Name", "Much too long for this");
  await vi.waitFor(() => expect(place.textContent).toContain("Please use at most 12 characters."));

  await vi.waitFor(() => expect(place.querySelector(".save-note")?.textContent).toBe("Not saved yet: needs a change"));
  const field = input("Name");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const described = field
    .getAttribute("aria-describedby")
    ?.split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(described?.join(" ")).toContain("22 of 12 characters");
  expect(described?.join(" ")).toContain("Please use at most 12 characters.");
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(platform.count("PATCH")).toBe(0);
});

test("a shopper designs, pays attention, finishes, and the page gets the result", async () => {
  await open();
  await vi.waitFor(() => expect(drawing()).not.toBe(""));
  expect(link.loaded).toHaveBeenCalled();
  const before = drawing();

  write("Name", "Grandma");
  await settled();
  expect(drawing()).not.toBe(before);
  await choose("Script");
  expect(place.querySelector(".total")?.textContent).toContain("$21.50");
  expect(await faults()).toEqual([]);
  await press("Next");
  expect(heading()).toBe("Colours");
  await press("Next");
  await choose("Yes");
  expect([...place.querySelectorAll(".scene-nav button")].map(({ textContent }) => textContent.trim())).toEqual([
    "1 Your text",
    "2 Colours",
    "3 Gift",
    "4 Card",
    "Summary",
  ]);
  await choose("No");
  await press("Next");
  expect(heading()).toBe("Summary");
  expect(place.querySelector(".rows")?.textContent).toContain("“Grandma” in Script");
  expect(await faults()).toEqual([]);
  await press("Finish");

  await vi.waitFor(() => expect(link.complete).toHaveBeenCalled());
  expect(link.complete).toHaveBeenCalledWith(expect.objectContaining({ transactionId: "t1" }));
  expect(platform.last.answers).toEqual({ name: { text: "Grandma", variantId: "script" }, wrap: { variantId: "no" } });
  expect(platform.asked.at(-1)?.body.sceneDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(localStorage.length).toBe(0);
});

test("a closed tab loses nothing, and the design can be started over", async () => {
  await open();
  write("Name", "Kept");
  leave();

  await open();
  expect(input("Name").value).toBe("Kept");
  expect(place.textContent).toContain("We kept your design.");
  await vi.waitFor(() => expect(platform.last.answers).toEqual({ name: { text: "Kept" } }));
  expect(platform.transactions.size).toBe(1);

  await press("Start over");
  await vi.waitFor(() => expect(platform.transactions.size).toBe(2));
  expect(input("Name").value).toBe("Anna");
});

test.each(["completed", "ordered", "gone"])("a draft whose transaction is %s is dropped", async (status) => {
  await open();
  write("Name", "Old");
  await vi.waitFor(() => expect(platform.count("PATCH")).toBe(1));
  leave();
  if (status === "gone") platform.transactions.clear();
  else platform.last.status = status;

  await open();

  expect(input("Name").value).toBe("Anna");
  expect(place.textContent).not.toContain("We kept your design.");
});

test("a draft that is older than the workflow keeps what still fits", async () => {
  const answers = { name: { text: "Old" }, gone: { text: "x" } };
  localStorage.setItem("spiff.draft.p1.w1", JSON.stringify({ answers, unsaved: ["name", "gone"] }));

  await open();

  await vi.waitFor(() => expect(platform.last.answers).toEqual({ name: { text: "Old" } }));
  expect(input("Name").value).toBe("Old");
});

test("closing saves and tells the page; the draft stays", async () => {
  await open();
  write("Name", "Later");

  place.querySelector<HTMLButtonElement>(".top-bar > .icon-button")?.click();

  await vi.waitFor(() => expect(link.quit).toHaveBeenCalledOnce());
  expect(platform.last.answers).toEqual({ name: { text: "Later" } });
  expect(localStorage.length).toBe(1);
});

test("a text that another window changed too is pointed out, and the other version can be taken", async () => {
  await open();
  write("Name", "First");
  await vi.waitFor(() => expect(platform.last.answers).toEqual({ name: { text: "First" } }));
  platform.last.revision += 1;
  platform.last.answers = { name: { text: "Theirs" } };

  write("Name", "Ours");
  await vi.waitFor(() => expect(place.textContent).toContain("You and another window changed the same thing."));
  expect(input("Name").value).toBe("Ours");
  expect(await faults()).toEqual([]);
  await press("Use the other version");

  expect(input("Name").value).toBe("Theirs");
  expect(place.querySelector(".notice")).toBeNull();
  await vi.waitFor(() => expect(platform.last.answers).toEqual({ name: { text: "Theirs" } }));
});
