/** Web addresses as people type them, and as codes say them (docs/composing.md, Codes). Knows no step. */

import { bidiClass, codePoints, isInWord, isUnknown, markOf, scriptOf } from "./characters.ts";
import { punycode } from "./punycode.ts";
import { capitals, cleaned, isBlank, lowered } from "./spelling.ts";

const MOST_CHARACTERS = 1000;
/** Keyboards of telephones begin with a capital. */
const WITH_SCHEME = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[!-~]+$/;
/** As people write it and browsers take it; an e-mail address, a number or another scheme is none. */
const BARE =
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?[.])+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](?::[0-9]{1,5})?(?:[/?#][!-~]*)?$/;
const PARTS = /^((?:[Hh][Tt][Tt][Pp][Ss]?:\/\/)?)([^/?#:]*)((?::[0-9]*)?)((?:[/?#].*)?)$/;
const MOST_IN_LABEL = 63;
/** The script whose small letters browsers make capitals. */
const FOLDED = "Cher";
/** For private use, and variation selectors. */
const NO_LETTERS = /[\ue000-\uf8ff]|[\ufe00-\ufe0f]/;
/** Of kana, whose script nobody can tell. */
const LONG_MARK = "\u30fc";
/** Their capitals are those of other letters, but names have them. */
const SMALL_ONLY = "ßς";
const LAST_ASCII = 0x7f;
const HYPHEN = 0x2d;

/**
 * The whole address that is meant, in ASCII, `https://` before a bare one; null where it is none. Letters beyond ASCII
 * are written as browsers send them: RFC 3492 in names, RFC 3986 behind them.
 */
export function webAddress(url: string | null): string | null {
  // In ASCII it is no shorter.
  if (url === null || codePoints(url).length > MOST_CHARACTERS) return null;
  const written = inAscii(url);
  if (written === null || written.length > MOST_CHARACTERS) return null;
  if (BARE.test(written)) return `https://${written}`;
  return WITH_SCHEME.test(written) ? written : null;
}

function inAscii(url: string): string | null {
  if (isAscii(url)) return url;
  const [, scheme = "", host = "", port = "", rest = ""] = PARTS.exec(cleaned(url)) ?? [];
  const labels = host.split(".").map(labelOf);
  const characters = [...rest];
  if (labels.includes(null) || characters.some((each) => !isAscii(each) && isBlank(each))) return null;
  const encoded = characters.map((each) => (isAscii(each) ? each : encodeURIComponent(each)));
  return `${scheme}${labels.join(".")}${port}${encoded.join("")}`;
}

/** A part of a name in ASCII; null where browsers take no such part, or would read another one in it. */
function labelOf(label: string): string | null {
  if (isAscii(label)) return label;
  const small = lowered(label);
  const codes = codePoints(small);
  if (codes.length > MOST_IN_LABEL) return null;
  const isPlain = [...small].every((each) => each === "-" || each === LONG_MARK || stays(each));
  if (!isPlain || small.normalize("NFKC") !== small || !beginsWell(codes) || small.endsWith("-")) return null;
  const encoded = `xn--${punycode(codes)}`;
  return encoded.length <= MOST_IN_LABEL ? encoded : null;
}

/** A letter, mark or digit that no browser takes for another one (UTS #46). */
function stays(character: string): boolean {
  const code = character.codePointAt(0) as number;
  if (!isInWord(code) || isUnknown(code) || scriptOf(code) === FOLDED || NO_LETTERS.test(character)) return false;
  return SMALL_ONLY.includes(character) || lowered(capitals(character)) === lowered(character);
}

/** No mark and no hyphen; from right to left with a letter, and then with no letter of the other direction. */
function beginsWell(codes: readonly number[]): boolean {
  const classes = codes.map(bidiClass);
  const [first = ""] = classes;
  if (classes.some((each) => "RAN".includes(each))) return "RA".includes(first) && !classes.includes("L");
  return codes[0] !== HYPHEN && markOf(codes[0] as number) === "N";
}

function isAscii(text: string): boolean {
  return codePoints(text).every((code) => code <= LAST_ASCII);
}
