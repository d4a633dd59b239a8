/** Writes amounts of subunits for shoppers. The digits are those of ISO 4217, which browsers do not all follow. */

const NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF";
const THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND";
const FOUR_DIGITS = "CLF UYW";
/** Unicode's marks: letters of one direction that are not seen. */
const LEFT_TO_RIGHT = "\u200e";
const RIGHT_TO_LEFT = "\u200f";

/** How many digits a currency has behind the point. */
export function currencyDigits(currency: string): number {
  if (NO_DIGITS.includes(currency)) return 0;
  if (THREE_DIGITS.includes(currency)) return 3;
  return FOUR_DIGITS.includes(currency) ? 4 : 2;
}

/** "$24.00" for 2400 AUD, in the shopper's own way of writing. */
export function money(subunits: number, currency: string, locale?: string): string {
  const amount = subunits / 10 ** currencyDigits(currency);
  const key = `${locale} ${currency}`;
  const format = formats.get(key) ?? amountFormat(currency, locale);
  formats.set(key, format);
  return format(amount);
}

type Format = (amount: number) => string;

/** Making a format takes longer than composing a design: each is made once. */
const formats = new Map<string, Format>();

function amountFormat(currency: string, locale: string | undefined): Format {
  const digits = currencyDigits(currency);
  try {
    const options = { style: "currency", currency } as const;
    const digitOptions = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const made = new Intl.NumberFormat(locale, { ...options, ...digitOptions });
    return (amount) => inOrder(made.format(amount));
  } catch {
    return (amount) => `${amount.toFixed(digits)} ${currency}`;
  }
}

/** Arabic amounts are written from right to left, where "AU$" would lose its last sign to the other side. */
function inOrder(amount: string): string {
  return amount.startsWith(RIGHT_TO_LEFT) ? amount.replace(/[A-Z]+\p{Sc}/u, `$&${LEFT_TO_RIGHT}`) : amount;
}

/** "+ $2.00" or "− $2.00" for a surcharge, nothing for none. */
export function surcharge(subunits: number, currency: string, locale?: string): string {
  if (subunits === 0) return "";
  return `${subunits < 0 ? "−" : "+"} ${money(Math.abs(subunits), currency, locale)}`;
}

/** A plain number in the digits that amounts are written with; what is no number stays as it is. */
export function digits(value: number | string, locale?: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? new Intl.NumberFormat(locale).format(number) : String(value);
}
