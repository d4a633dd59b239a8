// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refuseStrayFiles } from "../src/stray-files.ts";
import { PROXY, problem } from "./fake-platform.ts";
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

test("an upload shows how far it is, arrives, and is seen by its proxy", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await vi.waitFor(() => expect(page.text(".upload-progress")).toContain("Adding \u2068holiday.jpg\u2069"));
  (await page.sending()).progress(0.4);
  await settled();
  expect(page.place.querySelector("progress")?.value).toBe(0.4);
  expect(await page.faults()).toEqual([]);

  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));

  const shown = page.place.querySelector(".stage image")?.getAttribute("href");
  expect(shown).toBe(`http://localhost:3000/files/${PROXY}`);
  await vi.waitFor(() => expect(page.answers.photo?.upload).toMatch(/^[0-9a-f]{64}$/));
  expect(page.text(".scene-form")).not.toContain("Please add a file.");
});

test("an upload goes on in another scene, and keeps the design from being finished until it is there", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");

  await page.press("Next");
  expect(page.heading).toBe("Motif");
  await page.press("Summary");
  await page.press("Finish");
  expect(page.text(".finish-failure")).toBe("One of your files is still on its way. Please wait a moment.");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".finish-failure")).toBe(""));
  await page.press("2 Photo");

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));
});

test.each([
  ["picture-damaged", "holiday.jpg This file seems to be damaged."],
  ["svg-element", "holiday.jpg This drawing has effects that can’t be printed."],
  ["too-large", "holiday.jpg This file is too large."],
  ["never-heard-of", "holiday.jpg This file can’t be used."],
])("a file refused as %s is explained, and the next one is taken", async (code, explained) => {
  await page.openWorkshop("Photo");
  page.platform.before = ({ path }) => (path.endsWith("/uploads") ? problem(422, { code }) : undefined);
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".upload-failure p")).toContain(explained));
  expect(page.place.querySelector(".upload-failure")?.getAttribute("role")).toBe("alert");
  expect(page.answers.photo).toBeUndefined();

  page.platform.before = () => undefined;
  await page.add("another.jpg");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("another.jpg"));
});

test("a kind of file the step does not take is not even sent", async () => {
  await page.openWorkshop("Photo");

  await page.add("letter.pdf");

  expect(page.text(".upload-failure p")).toContain("letter.pdf This kind of file can’t be used here.");
  expect(page.platform.asked.some(({ path }) => path.endsWith("/uploads"))).toBe(false);
});

test("with the network away an upload is kept, and sent by itself or when it is asked for", async () => {
  await page.openWorkshop("Photo");
  page.platform.away = true;
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() =>
    expect(page.text(".upload-waiting p")).toBe(
      "holiday.jpg is kept on this device and will be sent when you’re back online.",
    ),
  );
  expect(await page.faults()).toEqual([]);
  await page.press("Summary");
  await page.press("Finish");
  expect(page.text(".finish-failure")).toContain("We can’t reach the shop’s server.");
  await page.press("2 Photo");
  expect(page.text(".scene-form")).not.toContain("Please add a file.");
  expect(await page.kept("files")).toMatchObject([{ stepName: "photo", name: "holiday.jpg" }]);

  page.platform.away = false;
  await page.press("Try again");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));
  await vi.waitFor(async () => expect(await page.kept("files")).toEqual([]));
});

test("a file that was not sent when the page was closed is sent by the next one", async () => {
  await page.openWorkshop("Photo");
  page.platform.away = true;
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.place.querySelector(".upload-waiting")).toBeTruthy());
  page.leave();

  page.platform.away = false;
  await page.openWorkshop("Photo");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));
  await vi.waitFor(() => expect(page.answers.photo?.upload).toMatch(/^[0-9a-f]{64}$/));
  await vi.waitFor(async () => expect(await page.kept("files")).toEqual([]));
});

test("a file that cannot be kept is still sent, and the shopper is told to wait", async () => {
  vi.stubGlobal("indexedDB", undefined);
  await page.openWorkshop("Photo");
  page.platform.away = true;
  await page.add("holiday.jpg");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".upload-waiting p")).toContain("Keep this page open until then."));

  page.platform.away = false;
  await page.press("Try again");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));
});

test("an upload that is given up leaves nothing", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  const sent = await page.sending();

  await page.press("Cancel");
  await sent.arrive();
  await settled();

  expect(page.place.querySelector(".uploaded-file, .upload-progress, .upload-failure")).toBeNull();
  await vi.waitFor(async () => expect(await page.kept("files")).toEqual([]));
});

test("a picture is placed by keys, and by controls that say the same; reset takes it all back", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.place.querySelector(".placing-pad")).toBeTruthy());
  const pad = page.place.querySelector(".placing-pad");
  const matrix = (): string => page.place.querySelector(".stage image")?.getAttribute("transform") ?? "";
  const before = matrix();

  page.key(pad, "+");
  page.key(pad, "]");
  page.key(pad, "ArrowRight");
  page.key(pad, "ArrowDown", { shiftKey: true });
  await settled();

  expect(matrix()).not.toBe(before);
  await vi.waitFor(() => expect(page.answers.photo?.placement).toEqual({ x: 0.01, y: 0.05, zoom: 1.05, rotation: 1 }));
  expect(page.input("Turn").value).toBe("1");
  await page.press("Turn by 90°");
  await vi.waitFor(() => expect(page.answers.photo?.placement?.rotation).toBe(91));
  await page.press("Show all of it");
  expect(await page.faults()).toEqual([]);
  await page.press("Reset");
  expect(matrix()).toBe(before);
});

test("a picture follows the mouse, and grows with the wheel", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.place.querySelector(".placing-pad")).toBeTruthy());
  const pad = page.place.querySelector(".placing-pad") as HTMLElement;
  pad.getBoundingClientRect = () => new DOMRect(0, 0, 104.4, 74.4);
  const pointer = (type: string, x: number, y: number): void => {
    const event = new Event(type, { bubbles: true });
    pad.dispatchEvent(Object.assign(event, { pointerId: 1, clientX: x, clientY: y }));
  };

  pointer("pointerdown", 40, 40);
  pointer("pointermove", 49, 46);
  pointer("pointerup", 49, 46);
  pointer("pointermove", 80, 80);
  await settled();

  await vi.waitFor(() => expect(page.answers.photo?.placement).toEqual({ x: 0.1, y: 0.1, zoom: 1, rotation: 0 }));
  pad.dispatchEvent(Object.assign(new Event("wheel"), { deltaY: -100, deltaMode: 0, clientX: 52, clientY: 37 }));
  await vi.waitFor(() => expect(page.answers.photo?.placement?.zoom).toBeGreaterThan(1.2));
});

test("an upload survives a closed tab", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.answers.photo?.upload).toBeTruthy());
  page.leave();

  await page.openWorkshop("Photo");

  expect(page.text(".uploaded-file")).toContain("holiday.jpg");
  expect(page.place.querySelector(".stage image")).toBeTruthy();
});

test("an upload goes along into a new transaction when the old one has ended", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.answers.photo?.upload).toBeTruthy());
  const first = page.platform.last;
  first.status = "completed";

  await page.press("Turn by 90°");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.platform.transactions.size).toBe(2));
  await vi.waitFor(() => expect(page.answers.photo).toEqual({ ...first.answers.photo, placement: expect.anything() }));
  expect(page.platform.last.uploads.map(({ name }) => name)).toEqual(["holiday.jpg"]);
});

test("a file that was added for one step serves another", async () => {
  const again = { type: "Frame", stepName: "back", stepTitle: "Back", regions: [] } as const;
  const { steps, scenes } = WORKSHOP;
  const workshop = {
    ...WORKSHOP,
    steps: [...steps, again],
    scenes: [...scenes, { name: "Back", stepNames: ["back"] }],
  };
  await page.openWorkshop("Photo", workshop);
  await page.add("holiday.jpg");
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));

  await page.press("6 Back");
  await page.press("Use \u2068holiday.jpg\u2069");

  expect(page.text(".uploaded-file")).toContain("holiday.jpg");
  await vi.waitFor(() => expect(page.answers.back).toEqual({ upload: page.answers.photo?.upload }));
});

test("a file that is dropped is added, and one that is replaced starts in its usual place", async () => {
  await page.openWorkshop("Photo");
  expect(page.drop(".drop-zone", "dropped.png").defaultPrevented).toBe(true);
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("dropped.png"));
  await page.press("Larger");
  await vi.waitFor(() => expect(page.answers.photo?.placement?.zoom).toBe(1.1));

  await page.add("better.png");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("better.png"));
  await vi.waitFor(() => expect(page.answers.photo?.placement).toBeUndefined());
  await page.press("Remove");
  await vi.waitFor(() => expect(page.answers.photo).toBeUndefined());
});

test("a file that is dropped on another one takes its place", async () => {
  await page.openWorkshop("Photo");
  await page.add("holiday.jpg");
  await page.sending();
  page.drop(".upload-progress", "better.png");
  await settled();
  await page.fileArrives();
  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("better.png"));

  page.drop(".uploaded-file", "best.png");
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("best.png"));
});

test("a file that is dropped beside its place is not opened by the browser, and a text goes where it is dropped", async () => {
  refuseStrayFiles(page.place);
  await page.openWorkshop("Photo");

  const beside = page.drop("h1", "holiday.jpg");
  const text = page.drop("h1", "a text", ["text/plain"]);

  expect([beside.defaultPrevented, beside.dataTransfer?.dropEffect]).toEqual([true, "none"]);
  expect(text.defaultPrevented).toBe(false);
  expect(page.platform.asked.some(({ path }) => path.endsWith("/uploads"))).toBe(false);
});

test("a file's name keeps its own direction, and the sentence around it the page's", async () => {
  await page.openWorkshop("Photo");
  expect(page.text(".drop-hint.small")).toContain("\u2068JPG\u2069, \u2068PNG\u2069");

  await page.add("صورة.jpg");

  expect(page.place.querySelector(".upload-progress label")?.innerHTML).toBe("Adding \u2068صورة.jpg\u2069");
});

test("whoever adds a file by keys keeps their place while it comes", async () => {
  await page.openWorkshop("Photo");
  page.place.querySelector<HTMLInputElement>("input[type=file]")?.focus();

  await page.add("holiday.jpg");
  expect(document.activeElement).toBe(page.button("Cancel"));
  await page.fileArrives();

  await vi.waitFor(() => expect(page.text(".uploaded-file")).toContain("holiday.jpg"));
  expect(document.activeElement).toBe(page.place.querySelector(".uploaded-file input"));
});
