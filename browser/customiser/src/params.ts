/** What the page asked for in the frame's address. */

export interface Params {
  integrationProduct: string;
  currency: string | undefined;
  workflow: string | undefined;
  pageSession: string | undefined;
  /** The page that may be spoken to; undefined when the customiser stands by itself. */
  origin: string | undefined;
  embedded: boolean;
}

/** Reads the query of `/customise`. */
export function readParams(search: string): Params {
  const query = new URLSearchParams(search);
  const text = (name: string): string | undefined => query.get(name) || undefined;
  return {
    integrationProduct: text("integrationProduct") ?? "",
    currency: text("currency")?.toUpperCase(),
    workflow: text("workflow"),
    pageSession: text("pageSession"),
    origin: webOrigin(text("origin")),
    embedded: text("mode") === "embedded",
  };
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
