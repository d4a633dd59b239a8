/** The tiny WebAssembly module HarfBuzz's drawing calls pass through. Knows only the shape of those calls. */

/**
 * A WebAssembly module that takes five functions and hands them back.
 *
 * HarfBuzz calls its pens through a table that holds only WebAssembly functions, so ours pass through this one.
 * See the binary format of WebAssembly: sections 1 (types), 2 (imports) and 7 (exports); all lengths are below 128.
 */
export function pensModule(): BufferSource {
  const [i32, f32, func] = [0x7f, 0x7d, 0x60];
  const type = (floats: number) => [func, floats + 4, i32, i32, i32, ...Array(floats).fill(f32), i32, 0];
  const named = (letter: string) => [1, letter.charCodeAt(0)];
  const section = (id: number, items: readonly (readonly number[])[]) => {
    const body = [items.length, ...items.flat()];
    return [id, body.length, ...body];
  };
  const letters = ["M", "L", "Q", "C", "Z"];
  const signatures = [0, 0, 1, 2, 3];
  const types = [2, 4, 6, 0].map(type);
  const imports = letters.map((letter, at) => [...named("d"), ...named(letter), 0, signatures[at] as number]);
  const exported = letters.map((letter, at) => [...named(letter), 0, at]);
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from([...magic, ...section(1, types), ...section(2, imports), ...section(7, exported)]);
}
