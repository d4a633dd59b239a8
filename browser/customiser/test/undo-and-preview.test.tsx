// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ShopperPage, settled } from "./page.ts";

let page: ShopperPage;

beforeEach(() => {
  page = new ShopperPage();
});
afterEach(() => {
  page.leave();
  vi.unstubAllGlobals();
});

test("typing is undone and redone as a whole, by keys and buttons, and saved", async () => {
  await page.openWorkshop("Words");
  for (const text of ["F", "Fr", "Fred"]) page.write("Greeting", text);
  await page.choose("Script");
  expect(page.button("Redo").getAttribute("aria-disabled")).toBe("true");

  page.key(document.body, "z", { ctrlKey: true });
  await settled();
  expect(page.input("Greeting").value).toBe("Fred");
  page.key(page.input("Greeting"), "z", { metaKey: true });
  await settled();
  expect(page.input("Greeting").value).toBe("you");
  expect(page.button("Undo").getAttribute("aria-disabled")).toBe("true");
  await page.press("Redo");
  expect(page.input("Greeting").value).toBe("Fred");
  page.key(document.body, "Z", { ctrlKey: true, shiftKey: true });

  await vi.waitFor(() => expect(page.answers.greeting).toEqual({ text: "Fred", variantId: "script" }));
});

test("what is undone is shown, wherever the shopper is by then", async () => {
  await page.openWorkshop("Words");
  page.write("Greeting", "Fred");
  await page.press("Next");
  expect(page.heading).toBe("Photo");

  await page.press("Undo");

  expect(page.heading).toBe("Words");
  expect([...page.place.querySelectorAll("[role=status]")].map(({ textContent }) => textContent)).toContain(
    "Undone: Greeting.",
  );
});

test("the region of the step that has the focus is marked, and only then", async () => {
  await page.openWorkshop("Words");

  page.input("Greeting").dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
  await settled();
  expect(page.place.querySelector(".attention rect")?.getAttribute("x")).toBe("10");
  page.input("Greeting").dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  await settled();

  expect(page.place.querySelector(".attention")).toBeNull();
});

test("pressing what is seen leads to the step that draws it", async () => {
  await page.openWorkshop("Photo");
  const places = [...page.place.querySelectorAll<SVGRectElement>(".step-place")];
  const greeting = places.find((place) => place.getAttribute("x") === "10");

  greeting?.dispatchEvent(new MouseEvent("click", { bubbles: true }));

  await vi.waitFor(() => expect(document.activeElement).toBe(page.input("Greeting")));
  expect(page.heading).toBe("Words");
});

test("a closer look shows a part, moves, and shows all again", async () => {
  await page.openWorkshop("Words");
  const view = (): number[] =>
    (page.place.querySelector(".stage svg")?.getAttribute("viewBox") ?? "").split(" ").map(Number);

  await page.press("Zoom in");
  const [left = 0, , width = 0] = view();
  expect(width).toBeCloseTo(800 / 1.5);
  await page.press("Move left");
  expect(view()[0]).toBeLessThan(left);
  expect(await page.faults()).toEqual([]);
  await page.press("Show all");

  expect(view()).toEqual([0, 0, 800, 200]);
});
