/** Names in double braces, filled in for each recipient (docs/composing.md, Text 1). Knows no workflow. */

/** Where the shopper's words go in a replaceable text. */
export const PLACEHOLDER = "{{}}";

const NAME = /\{\{\{ *([A-Za-z_][A-Za-z0-9_.-]*) *\}\}\}|\{\{ *([A-Za-z_][A-Za-z0-9_.-]*) *\}\}/g;

/**
 * The text with `{{name}}` and `{{recipient.name}}` filled in, unknown names by nothing. Any other use of double
 * braces leaves the text as it is, as a template that cannot be rendered does (contract/domain.md 7).
 */
export function rendered(text: string, recipient: Readonly<Record<string, string>>): string {
  if (!text.includes("{{")) return text;
  const rest = text.replaceAll(NAME, "");
  if (rest.includes("{{") || rest.includes("}}")) return text;
  return text.replaceAll(NAME, (_, inThree?: string, inTwo?: string) => {
    const name = (inThree ?? inTwo ?? "").replace(/^recipient\./, "");
    return Object.hasOwn(recipient, name) ? (recipient[name] as string) : "";
  });
}
