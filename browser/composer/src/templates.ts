/** Names in double braces, filled in for each recipient (docs/composing.md, Text 1). Knows no workflow. */

/** Where the shopper's words go in a replaceable text. */
export const PLACEHOLDER = "{{}}";

// At most four braces, so that a thousand of them are looked through once and not from each of them anew.
const NAME = /(\{{2,4}) *([A-Za-z_][A-Za-z0-9_.-]*) *(\}{2,4})/g;

/**
 * The text with `{{name}}` and `{{recipient.name}}` filled in, unknown names by nothing. Any other use of double
 * braces leaves the text as it is, as a template that cannot be rendered does (contract/domain.md 7).
 */
export function rendered(text: string, recipient: Readonly<Record<string, string>>): string {
  if (!text.includes("{{")) return text;
  const rest = text.replaceAll(NAME, "");
  if (rest.includes("{{") || rest.includes("}}") || ![...text.matchAll(NAME)].every(isWhole)) return text;
  return text.replaceAll(NAME, (_, _opening: string, written: string) => {
    const name = written.replace(/^recipient\./, "");
    return Object.hasOwn(recipient, name) ? (recipient[name] as string) : "";
  });
}

/** As many braces close it as open it: two, or three. */
function isWhole([, opening = "", , closing = ""]: readonly string[]): boolean {
  return opening.length === closing.length && opening.length <= 3;
}
