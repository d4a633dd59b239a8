import { expect, test } from "vitest";
import { money } from "../src/money.ts";
import { shownPrices } from "../src/shown-prices.ts";

const product = { currency: "AUD", rates: { EUR: "0.61", JPY: "97.5", KWD: "0.2", NZD: "0.07" } };

test.each([undefined, "AUD", "USD"])("without a rate for %s prices stay in the product's own currency", (wanted) => {
  expect(shownPrices(product, wanted).amount(2450)).toBe(money(2450, "AUD"));
});

test("a server of the last version, which tells no rates, is no reason to show none", () => {
  expect(shownPrices({ currency: "AUD" }, "EUR").amount(2450)).toBe(money(2450, "AUD"));
});

test.each([
  ["EUR", 2450, 1495],
  ["JPY", 2450, 2389],
  ["KWD", 2450, 4900],
  ["NZD", 100, 7],
  ["EUR", -50, -30],
])("where the page asked for %s, prices are shown in it, rounded up exactly as the server does", (wanted, own, shown) => {
  expect(shownPrices(product, wanted).amount(own)).toBe(money(shown, wanted));
});
