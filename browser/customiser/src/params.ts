/** What the page asked for in the frame's address. */

export interface Params {
  integrationProduct: string;
  currency: string | undefined;
  workflow: string | undefined;
  pageSession: string | undefined;
  /** The page that may be spoken to; undefined when the customiser stands by itself. */
  origin: string | undefined;
  embedded: boolean;
  /** The language the page is written in, as it says itself (BCP 47). */
  language: string | undefined;
}

/** Reads the query of `/customise`. */
export function readParams(search: string): Params {
  const query = new URLSearchParams(search);
  const text = (name: string): string | undefined => query.get(name) || undefined;
  return {
    integrationProduct: text("integrationProduct") ?? "",
    currency: currencyCode(text("currency")),
    workflow: text("workflow"),
    pageSession: text("pageSession"),
    origin: webOrigin(text("origin")),
    embedded: text("mode") === "embedded",
    language: text("lang"),
  };
}

/** A code the platform would refuse is better not said: prices are then shown in the product's own currency. */
function currencyCode(value: string | undefined): string | undefined {
  const code = value?.toUpperCase();
  return code && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/** Accepts only what can be a page's origin, so that a message is never sent to everybody. */
function webOrigin(value: string | undefined): string | undefined {
  try {
    const url = new URL(value ?? "");
    return url.protocol === "https:" || url.protocol === "http:" ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
