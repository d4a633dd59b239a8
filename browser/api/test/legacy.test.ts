// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSpiff } from "../src/index.ts";
import { frameSays, giveFramesWindows, PLATFORM, platformAnswers, shownFrame } from "./page.ts";

const options = { presentmentCurrency: "AUD", integrationId: "shop.example", productId: "MUG" };
const exportedData = {
  "Your name selection": { value: "Serif", priceModifier: 150 },
  "Your name text": { value: "Anna", priceModifier: 0 },
  "Photo image": { value: `${PLATFORM}/files/1`, priceModifier: 0 },
};
const result = {
  transactionId: "t1",
  baseCost: 2000,
  optionsCost: 150,
  exportedData,
  previewImage: `${PLATFORM}/p.png`,
};

beforeEach(() => {
  giveFramesWindows();
  document.body.replaceChildren();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function openedOld() {
  platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  const callback = vi.fn();
  createSpiff(PLATFORM).openWorkflow(options, callback);
  await vi.waitFor(() => shownFrame());
  return callback;
}

test("openWorkflow of a product that is not there calls back without a design", async () => {
  platformAnswers(404);
  const callback = vi.fn();

  createSpiff(PLATFORM).openWorkflow(options, callback);

  await vi.waitFor(() => expect(callback).toHaveBeenCalledExactlyOnceWith({ complete: false }));
  expect(document.querySelector("iframe")).toBeNull();
});

test("openWorkflow calls back without a design where the shopper leaves", async () => {
  const callback = await openedOld();

  frameSays({ spiff: 1, type: "quit" });

  expect(callback).toHaveBeenCalledExactlyOnceWith({ complete: false });
});

test("openWorkflow calls back with the result as it was documented, choices and files by the titles of their steps", async () => {
  const callback = await openedOld();

  frameSays({ spiff: 1, type: "complete", result });

  expect(callback).toHaveBeenCalledExactlyOnceWith({
    complete: true,
    transactionId: "t1",
    designId: "t1",
    baseCost: 2000,
    previewImage: `${PLATFORM}/p.png`,
    designMetaData: {
      selectedOptions: {
        "Your name": { variantName: "Serif", cost: 150 },
        "Your name text": { variantName: "Anna", cost: 0 },
      },
      metaData: { Photo: `${PLATFORM}/files/1` },
    },
  });
});

test("replayDesign names the design to the frame, and needs no product", async () => {
  const replayed = createSpiff(PLATFORM).replayDesign("t1");
  const address = new URL(shownFrame().src);

  frameSays({ spiff: 1, type: "complete", result });

  await expect(replayed).resolves.toEqual(result);
  expect(address.searchParams.get("transaction")).toBe("t1");
  expect(address.searchParams.has("integrationProduct")).toBe(false);
});

test("replayDesign of a design that is not of this browser is refused with the frame's reason", async () => {
  const replayed = createSpiff(PLATFORM).replayDesign("t1");

  frameSays({ spiff: 1, type: "error", code: "design-unknown", detail: "It was made elsewhere." });

  await expect(replayed).rejects.toThrow("It was made elsewhere. (design-unknown)");
});

test("replayDesign that is left resolves with nothing", async () => {
  const replayed = createSpiff(PLATFORM).replayDesign("t1");

  frameSays({ spiff: 1, type: "quit" });

  await expect(replayed).resolves.toBeUndefined();
});
