// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { problem } from "./fake-platform.ts";
import { ShopperPage, settled } from "./page.ts";

let page: ShopperPage;

beforeEach(() => {
  page = new ShopperPage();
});
afterEach(() => {
  page.leave();
  vi.unstubAllGlobals();
});

const drawing = (): string => page.place.querySelector(".stage path")?.getAttribute("d") ?? "";

test("an unknown product is explained, and the page is told", async () => {
  await page.open("nope");

  expect(page.heading).toBe("This product can’t be customised");
  expect(page.link.error).toHaveBeenCalledExactlyOnceWith("product-unknown", expect.any(String));
  expect(page.link.loaded).not.toHaveBeenCalled();
  expect(await page.faults()).toEqual([]);
});

test("with the network away it says so, and starts when asked again", async () => {
  page.platform.away = true;
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await page.open();
  expect(page.heading).toBe("We can’t reach the shop’s server");

  page.platform.away = false;
  await page.press("Try again");

  await vi.waitFor(() => expect(page.heading).toBe("Your text"));
});

test("an empty mandatory step is pointed out only when the shopper goes on, and the design is not finished", async () => {
  await page.open();
  expect(page.place.textContent).not.toContain("Please choose one.");

  await page.press("Summary");
  await page.press("Finish");

  expect(page.place.textContent).toContain("Please choose one.");
  expect(page.link.complete).not.toHaveBeenCalled();
  await page.press("Gift wrap");
  expect(page.heading).toBe("Gift");
  expect(await page.faults()).toEqual([]);
});

test("a text that is too long is explained beside it and not sent", async () => {
  await page.open();

  page.write("Name", "Much too long for this");
  await vi.waitFor(() => expect(page.place.textContent).toContain("Please use at most 12 characters."));

  await vi.waitFor(() =>
    expect(page.place.querySelector(".save-note")?.textContent).toBe("Not saved yet: needs a change"),
  );
  const field = page.input("Name");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const described = field
    .getAttribute("aria-describedby")
    ?.split(" ")
    .map((id) => document.getElementById(id)?.textContent);
  expect(described?.join(" ")).toContain("22 of 12 characters");
  expect(described?.join(" ")).toContain("Please use at most 12 characters.");
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(page.platform.count("PATCH")).toBe(0);
});

test("a shopper designs, pays attention, finishes, and the page gets the result", async () => {
  await page.open();
  await vi.waitFor(() => expect(drawing()).not.toBe(""));
  expect(page.link.loaded).toHaveBeenCalled();
  const before = drawing();

  page.write("Name", "Grandma");
  await settled();
  expect(drawing()).not.toBe(before);
  await page.choose("Script");
  expect(page.place.querySelector(".total")?.textContent).toContain("$21.50");
  expect(await page.faults()).toEqual([]);
  await page.press("Next");
  expect(page.heading).toBe("Colours");
  await page.press("Next");
  await page.choose("Yes");
  expect([...page.place.querySelectorAll(".scene-nav button")].map(({ textContent }) => textContent.trim())).toEqual([
    "1 Your text",
    "2 Colours",
    "3 Gift",
    "4 Card",
    "Summary",
  ]);
  await page.choose("No");
  await page.press("Next");
  expect(page.heading).toBe("Summary");
  expect(page.place.querySelector(".rows")?.textContent).toContain("“\u2068Grandma\u2069” in \u2068Script\u2069");
  expect(await page.faults()).toEqual([]);
  await page.press("Finish");

  await vi.waitFor(() => expect(page.link.complete).toHaveBeenCalled());
  expect(page.link.complete).toHaveBeenCalledWith(expect.objectContaining({ transactionId: "t1" }));
  expect(page.platform.last.answers).toEqual({
    name: { text: "Grandma", variantId: "script" },
    wrap: { variantId: "no" },
  });
  expect(page.platform.asked.at(-1)?.body.sceneDigest).toMatch(/^[0-9a-f]{64}$/);
  expect(await page.kept("drafts")).toEqual([]);
  expect(await page.kept("finished")).toMatchObject([{ transactionId: "t1", origin: "https://shop.example" }]);
  expect(localStorage.length).toBe(0);
});

test("terms are agreed to before the design is finished, and again where they have changed meanwhile", async () => {
  page.platform.terms = { text: "The photo is mine.", link: "https://shop.example/terms", digest: "old" };
  await page.open();
  await page.press("3 Gift");
  await page.choose("No");
  await page.press("Summary");
  await page.press("Finish");
  expect(page.text(".finish-failure")).toBe("Please agree to the terms above first.");
  page.platform.terms = { text: "The photo is mine, really.", link: null, digest: "new" };

  await page.choose("The photo is mine.");
  expect(page.text(".finish-failure")).toBe("");
  await page.press("Finish");

  await vi.waitFor(() => expect(page.text(".finish-failure")).toContain("The terms have changed."));
  expect(page.text(".terms")).toBe("The photo is mine, really.");
  expect((page.input("The photo is mine, really.") as HTMLInputElement).checked).toBe(false);
  expect(page.link.complete).not.toHaveBeenCalled();
  await page.choose("The photo is mine, really.");
  await page.press("Finish");
  await vi.waitFor(() => expect(page.link.complete).toHaveBeenCalled());
  expect(page.platform.transactions.size).toBe(1);
  expect(page.platform.asked.at(-1)?.body.termsDigest).toBe("new");
});

test("a finish that the shop refuses is told in plain words, with the code to ask it about", async () => {
  await page.open();
  await page.press("3 Gift");
  await page.choose("No");
  await page.press("Summary");
  const detail = "the product is switched off; its integration product says enabled: false";
  page.platform.before = ({ path }) =>
    path.endsWith("/complete") ? problem(422, { code: "product-not-ready", detail }) : undefined;

  await page.press("Finish");

  await vi.waitFor(() => expect(page.text(".finish-failure")).toContain("The shop could not take this design."));
  expect(page.text(".finish-failure")).toContain("(product-not-ready)");
  expect(page.text(".finish-failure")).not.toContain("switched off");
});

test("a closed tab loses nothing, and the design can be started over", async () => {
  await page.open();
  page.write("Name", "Kept");
  page.leave();

  await page.open();
  expect(page.input("Name").value).toBe("Kept");
  expect(page.place.textContent).toContain("We kept your design.");
  await vi.waitFor(() => expect(page.platform.last.answers).toEqual({ name: { text: "Kept" } }));
  expect(page.platform.transactions.size).toBe(1);

  await page.press("Start over");
  await vi.waitFor(() => expect(page.platform.transactions.size).toBe(2));
  expect(page.input("Name").value).toBe("Anna");
});

test.each(["completed", "ordered"])("a saved draft whose transaction is %s is dropped", async (status) => {
  await page.open();
  page.write("Name", "Old");
  await page.isSaved();
  page.leave();
  page.platform.last.status = status;

  await page.open();

  expect(page.input("Name").value).toBe("Anna");
  expect(page.place.textContent).not.toContain("We kept your design.");
});

test("what was not saved when another window finished the design begins one of its own", async () => {
  await page.open();
  page.platform.away = true;
  page.write("Name", "Not sent");
  await vi.waitFor(() => expect(page.text(".save-note")).toBe("Saves once you’re online"));
  page.leave();
  page.platform.away = false;
  page.platform.last.status = "completed";

  await page.open();

  expect(page.input("Name").value).toBe("Not sent");
  await vi.waitFor(() => expect(page.platform.transactions.get("t2")?.answers).toEqual({ name: { text: "Not sent" } }));
  expect(page.platform.transactions.get("t1")?.answers).toEqual({});
});

test("a draft that the server has lost is still on the device, and begins another transaction", async () => {
  await page.open();
  page.write("Name", "Old");
  await page.isSaved();
  page.leave();
  page.platform.transactions.clear();

  await page.open();

  expect(page.input("Name").value).toBe("Old");
  expect(page.place.textContent).toContain("We kept your design.");
  await vi.waitFor(() => expect(page.platform.last.answers).toEqual({ name: { text: "Old" } }));
});

test("a draft that somebody changed meanwhile is not put over it silently", async () => {
  await page.open();
  page.write("Name", "First");
  await page.isSaved();
  page.platform.away = true;
  page.write("Name", "Ours");
  page.leave();
  page.platform.away = false;
  page.platform.last.answers = { name: { text: "Theirs" } };
  page.platform.last.revision += 1;

  await page.open();

  expect(page.input("Name").value).toBe("Ours");
  expect(page.place.textContent).toContain("You and another window changed the same thing.");
  await page.press("Use the other version");
  expect(page.input("Name").value).toBe("Theirs");
});

test("where the browser keeps nothing it says so, and a design lasts as long as the page", async () => {
  vi.stubGlobal("indexedDB", undefined);
  await page.open();
  expect(page.text(".notice")).toContain("This browser keeps nothing of this page.");

  page.platform.away = true;
  page.write("Name", "Here only");

  await vi.waitFor(() => expect(page.text(".save-note")).toBe("Not saved: keep this page open"));
  expect(await page.faults()).toEqual([]);
});

test("a draft that is older than the workflow keeps what still fits", async () => {
  const answers = { name: { text: "Old" }, gone: { text: "x" } };
  localStorage.setItem("spiff.draft.p1.w1", JSON.stringify({ answers, unsaved: ["name", "gone"] }));

  await page.open();

  await vi.waitFor(() => expect(page.platform.last.answers).toEqual({ name: { text: "Old" } }));
  expect(page.input("Name").value).toBe("Old");
  expect(localStorage.length).toBe(0);
});

test("closing saves and tells the page; the draft stays", async () => {
  await page.open();
  page.write("Name", "Later");

  page.place.querySelector<HTMLButtonElement>(".top-bar > .icon-button")?.click();

  await vi.waitFor(() => expect(page.link.quit).toHaveBeenCalledOnce());
  expect(page.platform.last.answers).toEqual({ name: { text: "Later" } });
  expect(await page.kept("drafts")).toMatchObject([{ draft: { answers: { name: { text: "Later" } }, unsaved: [] } }]);
});

test("a text that another window changed too is pointed out, and the other version can be taken", async () => {
  await page.open();
  page.write("Name", "First");
  await vi.waitFor(() => expect(page.platform.last.answers).toEqual({ name: { text: "First" } }));
  page.platform.last.revision += 1;
  page.platform.last.answers = { name: { text: "Theirs" } };

  page.write("Name", "Ours");
  await vi.waitFor(() => expect(page.place.textContent).toContain("You and another window changed the same thing."));
  expect(page.input("Name").value).toBe("Ours");
  expect(await page.faults()).toEqual([]);
  await page.press("Use the other version");

  expect(page.input("Name").value).toBe("Theirs");
  expect(page.place.querySelector(".notice")).toBeNull();
  await vi.waitFor(() => expect(page.platform.last.answers).toEqual({ name: { text: "Theirs" } }));
});

test("where the steps do not fit in their row, arrows show that it goes on", async () => {
  await page.open();
  const row = page.place.querySelector(".scene-nav ol") as HTMLElement;
  Object.defineProperties(row, { scrollWidth: { value: 500 }, clientWidth: { value: 300 } });
  const arrows = (): string[] => [...page.place.querySelectorAll(".scene-more")].map(({ className }) => className);
  const scrollTo = async (left: number): Promise<void> => {
    row.scrollLeft = left;
    row.dispatchEvent(new Event("scroll"));
    await settled();
  };
  expect(arrows()).toEqual([]);

  await scrollTo(0);
  expect(arrows()).toEqual(["scene-more after"]);
  await scrollTo(100);
  expect(arrows()).toEqual(["scene-more before", "scene-more after"]);
  expect(await page.faults()).toEqual([]);
  // In Arabic browsers count to the left.
  await scrollTo(-200);

  expect(arrows()).toEqual(["scene-more before"]);
});
