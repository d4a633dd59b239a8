/** Prices in the currency that the page asked for, where the merchant has a rate for it; in the product's own otherwise. */

import type { Product } from "./guards.ts";
import { currencyDigits, money, surcharge } from "./money.ts";

/** Writes amounts that are given in subunits of the product's own currency. */
export interface ShownPrices {
  amount: (subunits: number) => string;
  surcharge: (subunits: number) => string;
}

export function shownPrices(
  { currency, rates = {} }: Pick<Product, "currency" | "rates">,
  wanted?: string,
): ShownPrices {
  const rate = wanted === currency ? undefined : rates[wanted ?? ""];
  const shown = rate === undefined ? currency : (wanted ?? currency);
  const shift = currencyDigits(shown) - currencyDigits(currency);
  const inShown = (subunits: number): number => (rate === undefined ? subunits : converted(subunits, rate, shift));
  return {
    amount: (subunits) => money(inShown(subunits), shown),
    surcharge: (subunits) => surcharge(inShown(subunits), shown),
  };
}

/** Rounded up, as the server does it. Its decimals are exact, which doubles are not: 100 times 0.07 is more than 7. */
function converted(subunits: number, rate: string, shift: number): number {
  const [whole = "", part = ""] = rate.split(".");
  const exact = BigInt(subunits) * BigInt(whole + part) * 10n ** BigInt(Math.max(shift, 0));
  const unit = 10n ** BigInt(part.length + Math.max(-shift, 0));
  const cut = exact / unit;
  return Number(exact > cut * unit ? cut + 1n : cut);
}
