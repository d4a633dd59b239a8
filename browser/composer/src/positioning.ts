/**
 * What a font file says about positioning, and a way around what this HarfBuzz was built without.
 *
 * HarfBuzz places marks by guessing where it finds no GPOS to use; the browser's build cannot. So both composers never
 * let it: a font without GPOS is given an empty one, and Hebrew in a font that has no Hebrew GPOS is not shaped as Hebrew.
 */

const KINDS = [0x00010000, 0x4f54544f, 0x74727565];
const GPOS = 0x47504f53;
const HEBR = 0x68656272;
const EMPTY = [0, 1, 0, 0, 0, 10, 0, 12, 0, 14, 0, 0, 0, 0, 0, 0];
const HEADER = 12;
const RECORD = 16;

/** The font file with a GPOS table: its own, or an empty one after all others. */
export function withPositioning(data: Uint8Array): Uint8Array {
  if (!KINDS.includes(u32(data, 0)) || table(data, GPOS) !== null) return data;
  const count = u16(data, 4);
  const end = HEADER + count * RECORD;
  const place = data.length + RECORD + ((4 - (data.length % 4)) % 4);
  const found = new Uint8Array(place + EMPTY.length);
  found.set(data.subarray(0, end));
  found.set(data.subarray(end), end + RECORD);
  found.set(EMPTY, place);
  const view = new DataView(found.buffer);
  const records = Array.from({ length: count }, (_, index) => moved(data, HEADER + index * RECORD));
  records.push([GPOS, 0, place, EMPTY.length]);
  // HarfBuzz looks tables up by bisection: the directory stays in the order of tags.
  records.sort(([one], [other]) => one - other);
  for (const [index, value] of records.flat().entries()) view.setUint32(HEADER + index * 4, value);
  view.setUint16(4, count + 1);
  return found;
}

/** Whether GPOS has rules for the Hebrew script. */
export function positionsHebrew(data: Uint8Array): boolean {
  const at = table(data, GPOS);
  if (at === null) return false;
  const scripts = at + u16(data, at + 4);
  const records = Array.from({ length: u16(data, scripts) }, (_, index) => scripts + 2 + index * 6);
  return records.some((record) => u32(data, record) === HEBR);
}

/** The directory grows by one record, so every table moves by its length. */
function moved(data: Uint8Array, at: number): [number, number, number, number] {
  return [u32(data, at), u32(data, at + 4), u32(data, at + 8) + RECORD, u32(data, at + 12)];
}

function table(data: Uint8Array, tag: number): number | null {
  for (let at = HEADER; at < HEADER + u16(data, 4) * RECORD; at += RECORD) {
    if (u32(data, at) === tag) return u32(data, at + 8);
  }
  return null;
}

function u16(data: Uint8Array, at: number): number {
  return ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
}

function u32(data: Uint8Array, at: number): number {
  return u16(data, at) * 65536 + u16(data, at + 2);
}
