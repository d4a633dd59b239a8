/** Words that a product does not print (docs/composing.md, Findings). Knows no list of its own. */

import { lowered, words } from "./spelling.ts";

/** The first word of the text that is one of these, whatever its case (contract/domain.md 7); null where none is. */
export function profaneWord(text: string, profanities: readonly string[]): string | null {
  if (profanities.length === 0) return null;
  const refused = new Set(profanities.map((each) => lowered(each.replaceAll(" ", ""))));
  return words(text).find((word) => refused.has(lowered(word))) ?? null;
}
