import { expect, test } from "vitest";
import { money, surcharge } from "../src/money.ts";

test.each([
  [2400, "AUD", "en-AU", "$24.00"],
  [2400, "JPY", "en", "¥2,400"],
  [2400, "ISK", "en", "ISK 2,400"],
  [2400, "KWD", "en", "KWD 2.400"],
  [2400, "HUF", "en", "HUF 24.00"],
  [2400, "IDR", "en", "IDR 24.00"],
  [2400, "AUD", "en-US", "A$24.00"],
  [2499, "EUR", "de", "24,99 €"],
  [5, "USD", "en", "$0.05"],
])("%i subunits of %s are written by ISO 4217", (subunits, currency, locale, written) => {
  expect(money(subunits, currency, locale).replaceAll(/\s/g, " ")).toBe(written);
});

test("a currency of letters and a sign stays together between Arabic words", () => {
  const written = money(2450, "AUD", "ar-EG");
  const mark = "\u200e";
  expect(written.endsWith(`AU$${mark}`)).toBe(true);
  expect(money(2450, "EUR", "ar-EG")).not.toContain(mark);
});

test("a currency that does not exist is still readable", () => {
  expect(money(2400, "nope!")).toBe("24.00 nope!");
});

test("a surcharge shows its sign, and none shows nothing", () => {
  expect(surcharge(200, "USD", "en")).toBe("+ $2.00");
  expect(surcharge(-50, "USD", "en")).toBe("− $0.50");
  expect(surcharge(0, "USD", "en")).toBe("");
});
