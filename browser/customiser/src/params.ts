/** What the page asked for in the frame's address. */

export interface Params {
  integrationProduct: string;
  currency: string | undefined;
  workflow: string | undefined;
  pageSession: string | undefined;
  /** A design that was finished in this browser, to be changed. */
  transaction: string | undefined;
  /** The page that may be spoken to; undefined when the customiser stands by itself. */
  origin: string | undefined;
  embedded: boolean;
  /** The language the page is written in, as it says itself (BCP 47). */
  language: string | undefined;
  /** The token of a link by which a design is gone on with. It stands behind the #, which no server is told. */
  resume: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads the address of `/customise`, or of `/resume`, which is `/customise#resume=…` in short. */
export function readParams(search: string, fragment = "", path = "/customise"): Params {
  const behind = fragment.replace(/^#/, "");
  const resume = path === "/resume" ? behind : new URLSearchParams(behind).get("resume");
  const query = new URLSearchParams(search);
  const text = (name: string): string | undefined => query.get(name) || undefined;
  return {
    integrationProduct: text("integrationProduct") ?? "",
    currency: currencyCode(text("currency")),
    workflow: text("workflow"),
    pageSession: sessionId(text("pageSession")),
    transaction: text("transaction"),
    origin: webOrigin(text("origin")),
    embedded: text("mode") === "embedded",
    language: text("lang"),
    resume: path === "/resume" ? (resume ?? "") : resume || undefined,
  };
}

/** A code the platform would refuse is better not said: prices are then shown in the product's own currency. */
function currencyCode(value: string | undefined): string | undefined {
  const code = value?.toUpperCase();
  return code && /^[A-Z]{3}$/.test(code) ? code : undefined;
}

/** The same: a page may have made up an id of its own, and a visit that is not counted is no reason to save nothing. */
function sessionId(value: string | undefined): string | undefined {
  return value && UUID.test(value) ? value : undefined;
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
