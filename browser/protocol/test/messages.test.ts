import { expect, test } from "vitest";
import { isFrameMessage, isPageMessage } from "../src/index.ts";

const result = {
  transactionId: "t",
  baseCost: 2000,
  optionsCost: 0,
  exportedData: { "Name text": { value: "Anna", priceModifier: 0 } },
  previewImage: "https://platform.example/p.png",
};

test.each([
  ["nothing", undefined],
  ["null", null],
  ["a string", "loaded"],
  ["a list", [{ spiff: 1, type: "loaded" }]],
  ["a message of somebody else", { type: "loaded" }],
  ["another version", { spiff: 2, type: "loaded" }],
  ["the version as text", { spiff: "1", type: "loaded" }],
  ["an unknown type", { spiff: 1, type: "toString" }],
  ["a message of a page", { spiff: 1, type: "close-request" }],
  ["complete without a result", { spiff: 1, type: "complete" }],
  ["complete without a price", { spiff: 1, type: "complete", result: { ...result, baseCost: "2000" } }],
  ["complete with half a cent", { spiff: 1, type: "complete", result: { ...result, optionsCost: 0.5 } }],
  ["complete with a token that is no text", { spiff: 1, type: "complete", result: { ...result, priceToken: 7 } }],
  ["complete with odd rows", { spiff: 1, type: "complete", result: { ...result, exportedData: { a: "b" } } }],
  ["error without a code", { spiff: 1, type: "error", detail: "x" }],
])("a page refuses %s", (_name, message) => {
  expect(isFrameMessage(message)).toBe(false);
});

test.each([
  { spiff: 1, type: "loaded" },
  { spiff: 1, type: "quit" },
  { spiff: 1, type: "error", code: "product-unknown", detail: "x" },
  { spiff: 1, type: "complete", result },
])("a page accepts $type", (message) => {
  expect(isFrameMessage(message)).toBe(true);
});

test("a frame accepts a close request and nothing else", () => {
  expect(isPageMessage({ spiff: 1, type: "close-request" })).toBe(true);
  expect(isPageMessage({ spiff: 1, type: "quit" })).toBe(false);
  expect(isPageMessage("close-request")).toBe(false);
});
