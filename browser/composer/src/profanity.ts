/** Words that a product does not print (docs/composing.md, Findings). Knows no list of its own. */

import { cleaned, lowered, withoutBreakMarks, withoutJoints, words } from "./spelling.ts";

/**
 * The first word of the text that is one of these, whatever its case (contract/domain.md 7); null where none is. A zero
 * width space may part words, or hide in one that looks whole.
 */
export function profaneWord(text: string, profanities: readonly string[]): string | null {
  if (profanities.length === 0) return null;
  const refused = refusedBy(profanities);
  const found = [withoutBreakMarks(text), text].flatMap(words);
  return found.find((word) => refused.has(lowered(word))) ?? null;
}

const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The words in small letters. Remembered: a product may refuse thousands, and they stay from key to key. */
function refusedBy(profanities: readonly string[]): ReadonlySet<string> {
  const refused = known.get(profanities) ?? new Set(profanities.map((each) => lowered(bare(cleaned(each)))));
  known.set(profanities, refused);
  return refused;
}

function bare(text: string): string {
  return withoutJoints(withoutBreakMarks(text)).replaceAll(" ", "");
}
