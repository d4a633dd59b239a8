// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ShopperPage, settled } from "./page.ts";
import { WORKSHOP } from "./workshop.ts";

let page: ShopperPage;

beforeEach(() => {
  page = new ShopperPage();
});
afterEach(() => {
  page.leave();
  vi.unstubAllGlobals();
});

test("information is text with its lines and addresses, never markup", async () => {
  await page.openWorkshop("Words");

  const [first, second] = page.place.querySelectorAll(".plain-text");
  expect(first?.textContent).toBe("First line\nSecond line");
  expect(second?.textContent).toContain("<img src=x onerror=alert(1)>");
  expect(page.place.querySelector(".information img")).toBeNull();
  const link = page.place.querySelector<HTMLAnchorElement>(".information a");
  expect([link?.getAttribute("href"), link?.rel]).toEqual([
    "https://shop.example/help",
    "noopener noreferrer nofollow",
  ]);
});

test("words go into their place in a text, or replace all of it", async () => {
  await page.openWorkshop("Words");
  expect(page.text(".hint")).toBe("Your words go here: \u2068For ……!\u2069");

  page.input("Greeting").dispatchEvent(new FocusEvent("focus"));
  await settled();
  expect(page.input("Greeting").value).toBe("");
  page.input("Greeting").dispatchEvent(new FocusEvent("blur"));
  await settled();
  expect(page.input("Greeting").value).toBe("you");
  expect(page.platform.count("PATCH")).toBe(0);
  page.write("Greeting", "me");
  await settled();
  expect(page.text(".count")).toBe("7 of 30 characters");

  await page.choose("Write my own text");
  expect(page.text(".count")).toBe("2 of 30 characters, at least 7");
  expect(page.place.textContent).toContain("Please use at least 7 characters.");
  expect(page.place.querySelector(".hint")?.textContent).toBe("");
  expect(await page.faults()).toEqual([]);
});

test("words without a font would be seen nowhere: the first that costs nothing comes with them", async () => {
  const options = WORKSHOP.options?.map((option) => {
    const variants = option.variants?.map((one) => ({ ...one, priceModifier: one.id === "plain" ? 100 : 0 })) ?? [];
    return option.id === "fonts" ? { ...option, defaultVariant: null, variants } : option;
  });
  await page.openWorkshop("Words", { ...WORKSHOP, ...(options && { options }) });

  page.write("Greeting", "someone");

  await vi.waitFor(() => expect(page.answers.greeting).toEqual({ text: "someone", variantId: "script" }));
});

test("the sample is selected by the first tap, and a letter is reached by the next", async () => {
  await page.open();
  const field = page.input("Name");
  const caret = () => [field.selectionStart, field.selectionEnd];
  const tap = (): void => {
    field.focus();
    field.setSelectionRange(2, 2);
    field.click();
  };
  expect(field.value).not.toBe("");

  tap();
  expect(caret()).toEqual([0, field.value.length]);
  tap();
  expect(caret()).toEqual([2, 2]);
  page.write("Name", "Ada");
  field.blur();
  await settled();
  tap();

  expect(caret()).toEqual([2, 2]);
});

test("fonts that lack letters of the text say so, and can be chosen all the same", async () => {
  await page.openWorkshop("Words");
  const lacking = (): string[] => [...page.place.querySelectorAll(".font-lack")].map(({ textContent }) => textContent);
  expect(lacking()).toEqual([]);

  page.write("Greeting", "λm");
  await vi.waitFor(() => expect(lacking()).toEqual(["Without λ"]));
  page.write("Greeting", "Καλημέρα μου");
  await vi.waitFor(() => expect(lacking()).toEqual(["Can’t draw all your text"]));
  await page.choose("Script");

  expect(page.text(".finding")).toContain("This font");
  expect(await page.faults()).toEqual([]);
});

test("a drawing is found by its name and category, chosen, and recoloured", async () => {
  await page.openWorkshop("Motif");
  const names = (): string[] => [...page.place.querySelectorAll(".choice-name")].map(({ textContent }) => textContent);
  expect(names()).toHaveLength(14);
  await page.choose("Plants");
  expect(names()).toHaveLength(7);
  await page.choose("Animals");
  page.write("Search", "bee 1");
  await settled();
  expect(names()).toEqual(["Bée 10", "Bée 12"]);
  page.write("Search", "whale");
  await settled();
  expect(page.text(".no-match")).toBe("Nothing fits your search.");
  page.key(page.input("Search"), "Escape");
  await settled();
  expect(page.link.quit).not.toHaveBeenCalled();

  await page.choose("Bée 2");
  await page.choose("wings");
  await page.choose("Blue");
  const fills = [...page.place.querySelectorAll(".stage path")].map((path) => path.getAttribute("fill"));
  expect(fills).toContain("#1c2f5b");
  await vi.waitFor(() =>
    expect(page.answers.motif).toEqual({ variantId: "motif2", colors: { "spiff-fill-wings": "blue" } }),
  );
  expect(await page.faults()).toEqual([]);

  await page.press("Reset colours");
  await vi.waitFor(() => expect(page.answers.motif).toEqual({ variantId: "motif2" }));
});

test("another part of a pattern is shown when asked for, and undone like anything else", async () => {
  await page.openWorkshop("Motif");
  const before = page.drawn;

  await page.press("Show another part");
  expect(page.drawn).not.toEqual(before);
  await vi.waitFor(() => expect(Number.isInteger(page.answers.patch?.seed)).toBe(true));

  await page.press("Undo");
  expect(page.drawn).toEqual(before);
});

test("several answers are ticked, priced, and explained on tap", async () => {
  await page.openWorkshop("Extras");
  expect(page.text(".scene-form")).not.toContain("Handle");

  await page.choose("Card");
  await page.choose("Pocket");
  await page.press("Total $25.00");

  expect(page.text(".price-details")).toContain("Extras Pocket, Card+ $5.00");
  await vi.waitFor(() => expect(page.answers.extras).toEqual({ variantIds: ["pocket", "card"] }));
  await page.choose("Pocket");
  await vi.waitFor(() => expect(page.answers.extras).toEqual({ variantIds: ["card"] }));
  page.key(page.place.querySelector(".total-button"), "Escape");
  await settled();
  expect(page.place.querySelector(".price-details")).toBeNull();
  expect(page.link.quit).not.toHaveBeenCalled();
  expect(await page.faults()).toEqual([]);
});

test("bespoke letters say what can be made, and what cannot", async () => {
  await page.openWorkshop("More");
  expect(page.text(".hint")).toBe("You can use: A B");

  page.write("Initials", "AX");
  await settled();

  expect(page.place.textContent).toContain("We can’t make X. Please leave it out.");
});

test("models of a 3D view are rows of words: they are no pictures", async () => {
  const model = "3".repeat(64);
  const handles = ["Round", "Square"].map((name) => ({ id: name, name, asset: model }));
  const options = WORKSHOP.options?.map((option) => (option.id === "one" ? { ...option, variants: handles } : option));

  await page.openWorkshop("Extras", { ...WORKSHOP, options }, { [model]: "model" });

  const rows = [...page.place.querySelectorAll(".choice-row")].map(({ textContent }) => textContent);
  expect(rows).toEqual(expect.arrayContaining(["Round", "Square"]));
  expect(page.place.querySelector("img")).toBeNull();
});

test("an address without https:// is taken, and shown as what the code opens", async () => {
  await page.openWorkshop("More");
  page.write("Or a web address", " kiln.example ");
  await settled();

  expect(page.text(".hint.address")).toBe("Opens \u2068https://kiln.example\u2069");
  await vi.waitFor(() => expect(page.answers.code).toEqual({ url: "kiln.example" }));
  expect(page.place.textContent).not.toContain("This is no web address");
  await page.press("Summary");
  expect(page.text(".summary")).toContain("https://kiln.example");
});

test("an address is shown in the letters that were typed, although its code says it in ASCII", async () => {
  await page.openWorkshop("More");
  page.write("Or a web address", "müller.example/grüße");
  await settled();

  expect(page.text(".hint.address")).toBe("Opens \u2068https://müller.example/grüße\u2069");
  await page.press("Summary");
  expect(page.text(".summary")).toContain("\u2068https://müller.example/grüße\u2069");
  expect(page.text(".summary")).not.toContain("xn--");
});

test("a code that leads nowhere is none, not a missing file", async () => {
  await page.openWorkshop("Summary");

  expect(page.text(".summary")).toContain("No code");
});

test("half an address is not called wrong before it is written", async () => {
  await page.openWorkshop("More");
  const field = page.input("Or a web address");
  field.focus();
  page.write("Or a web address", "kiln");
  await settled();
  expect(page.place.textContent).not.toContain("This is no web address");

  field.blur();
  await settled();

  expect(page.place.textContent).toContain("This is no web address");
});

test("a code leads to an address or to a video", async () => {
  await page.openWorkshop("More");
  page.write("Or a web address", "kiln");
  await settled();
  expect(page.place.textContent).toContain("This is no web address. Write it like example.com/page");
  page.write("Or a web address", "https://kiln.example");
  await vi.waitFor(() => expect(page.answers.code).toEqual({ url: "https://kiln.example" }));
  const codes = page.drawn.length;

  await page.add("film.mp4");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.answers.code?.upload).toBeTruthy());
  expect(page.answers.code?.url).toBeUndefined();
  expect(page.drawn).toHaveLength(codes);
  expect(await page.faults()).toEqual([]);
});
