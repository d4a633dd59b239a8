/** From what was typed to what is set: normal form, no controls, capitals (docs/composing.md, Text 1). Knows no font. */

import { bidiClass, codePoints, isUnknown, textOf } from "./characters.ts";

const REMOVED = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
] as const;
const NO_BREAK_SPACE = 0xa0;

/** NFC, line feeds for all line ends, spaces for tabs, no controls, no invisible marks but the two joiners. */
export function cleaned(text: string): string {
  const lines = normal(text).replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll("\t", " ");
  return textOf(codePoints(lines).filter((code) => !isRemoved(code)));
}

/** Upper case by the full mapping, character by character, but for capitals Unicode 14.0 does not know. */
export function capitals(text: string): string {
  return Array.from(text, capital).join("");
}

/** Nothing but spaces and line ends. */
export function isBlank(text: string): boolean {
  return codePoints(text).every((code) => "WB".includes(bidiClass(code)) || code === NO_BREAK_SPACE);
}

function isRemoved(code: number): boolean {
  return REMOVED.some(([first, last]) => first <= code && code <= last);
}

function normal(text: string): string {
  const unknown = (character: string) => isUnknown(character.codePointAt(0) as number);
  const pieces: string[] = [];
  let known = "";
  for (const character of text) {
    if (!unknown(character)) known += character;
    else {
      pieces.push(known.normalize("NFC"), character);
      known = "";
    }
  }
  return pieces.join("") + known.normalize("NFC");
}

function capital(character: string): string {
  const upper = character.toUpperCase();
  return codePoints(upper).some(isUnknown) ? character : upper;
}
