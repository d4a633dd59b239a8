// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PLAIN_FONT } from "./mug.ts";
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

test("what cannot be seen on a colour is told where its own is chosen, and where the ground's is", async () => {
  const inks = {
    id: "inks",
    name: "Inks",
    type: "Color" as const,
    defaultVariant: "cream",
    variants: [
      { id: "cream", name: "Cream", color: "#fbf3e4" },
      { id: "navy", name: "Navy", color: "#1d3557" },
    ],
  };
  const region = { panel: "front", left: 10, top: 10, width: 100, height: 40 };
  await page.openWorkshop("Paper", {
    name: "Poster",
    panels: [{ name: "front", width: 120, height: 60 }],
    options: [
      inks,
      { id: "fonts", name: "Fonts", type: "Font", variants: [{ id: "one", name: "One", asset: PLAIN_FONT }] },
    ],
    steps: [
      { type: "Shape", stepName: "paper", stepTitle: "Paper", option: "inks", regions: [region] },
      {
        type: "Text",
        stepName: "words",
        stepTitle: "Headline",
        option: "fonts",
        colorOption: "inks",
        defaultText: "Hi",
        regions: [{ ...region, layer: 1 }],
      },
    ],
    scenes: [
      { name: "Paper", stepNames: ["paper"] },
      { name: "Words", stepNames: ["words"] },
    ],
  });
  expect(page.text(".finding")).toBe("Can hardly be seen on this colour: Headline");

  await page.press("Headline");
  expect(page.heading).toBe("Words");
  expect(page.text(".finding")).toContain("This can hardly be seen");
  await page.choose("Navy");

  expect(page.place.querySelector(".finding")).toBeNull();
  expect(await page.faults()).toEqual([]);
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
