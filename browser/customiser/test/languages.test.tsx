// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { speak } from "../src/words.ts";
import { ShopperPage } from "./page.ts";

let page: ShopperPage;

afterEach(async () => {
  page.leave();
  vi.unstubAllGlobals();
  await speak("en");
});

test("in Arabic everything is said in Arabic, and merchants' words keep their own direction", async () => {
  await speak("ar");
  page = new ShopperPage();
  await page.openWorkshop("Photo");

  await page.press("التالي");

  // The form of a file comes in a part of its own.
  await vi.waitFor(() => expect(page.text(".finding")).toBe("أضف ملفًا من فضلك."));
  expect(page.text(".eyebrow")).toBe("الخطوة 2 من 5");
  expect(page.place.querySelector("h1 bdi")?.textContent).toBe("Photo");
  await page.press("الملخص");
  expect(page.text(".missing h2")).toBe("قبل أن تنتهي:");
  expect(await page.faults()).toEqual([]);
});
