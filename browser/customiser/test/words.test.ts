import { expect, test } from "vitest";
import { findingText } from "../src/words.ts";

const missing = (detail: string): string =>
  findingText({ stepName: "name", field: "text", code: "glyph-missing", detail });

test("a few missing characters are named", () => {
  expect(missing("☃")).toBe("This font can’t draw ☃. Leave it out or choose another font.");
  expect(missing("☃😀ŁŁŁŁ")).toContain("☃😀ŁŁŁŁ");
});

test.each([
  "नमस्तेकषिपरा",
  "नम\u0947",
  "e\u0301",
  "abcdefg",
  "مرحباكي",
])("a script that is missing is not listed in pieces: %s", (detail) => {
  expect(missing(detail)).toBe("This font has no letters for part of your text. Choose another font.");
});
