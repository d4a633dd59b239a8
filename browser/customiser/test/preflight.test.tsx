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

test.each([
  ["warn", "Worth a look:", true],
  ["block", "Before you can finish:", false],
] as const)("a picture that prints badly is told; with the level %s the design %s", async (level, title, finished) => {
  page.platform.context = { preflight: { "resolution-too-low": level } };
  await page.openWorkshop("Photo");
  page.platform.before = ({ path, body }) => {
    if (!path.endsWith("/uploads")) return undefined;
    const upload = { sha256: "9".repeat(64), kind: "picture", name: body.name, address: `/files/${"9".repeat(64)}` };
    return Response.json({ ...upload, widthPx: 30, heightPx: 20 }, { status: 201 });
  };
  await page.add("tiny.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(`.finding.${level}`)).toContain("Your picture may print blurred"));
  // Saved it is in any case.
  await vi.waitFor(() => expect(page.answers.photo?.upload).toBeTruthy());

  await page.press("Summary");
  await settled();

  expect(page.text(".missing h2")).toBe(title);
  await page.press("Finish");
  await settled();
  expect(vi.mocked(page.link.complete).mock.calls.length > 0).toBe(finished);
});

test("ignored findings are not told", async () => {
  page.platform.context = { preflight: { "resolution-too-low": "ignore", "outside-safe-area": "ignore" } };
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.place.querySelector(".placing-pad")).toBeTruthy());

  for (let times = 0; times < 70; times++) page.key(page.place.querySelector(".placing-pad"), "+");
  await settled();

  expect(page.place.querySelector(".finding")).toBeNull();
});
