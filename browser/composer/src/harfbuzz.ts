/** The door to HarfBuzz in WebAssembly: its functions, its memory, and pens it can draw to. Knows no text. */

import { pensModule } from "./pens-module.ts";

type Address = number;

/** The functions we use of harfbuzz.wasm. Addresses are bytes into `memory`. */
interface HarfBuzz {
  memory: WebAssembly.Memory;
  __indirect_function_table: WebAssembly.Table;
  __wasm_call_ctors(): void;
  malloc(bytes: number): Address;
  free(at: Address): void;
  hb_blob_create(data: Address, length: number, mode: number, user: Address, destroy: Address): Address;
  hb_face_create(blob: Address, index: number): Address;
  hb_face_get_upem(face: Address): number;
  hb_font_create(face: Address): Address;
  hb_font_get_h_extents(font: Address, extents: Address): number;
  hb_font_draw_glyph(font: Address, glyph: number, pen: Address, data: Address): void;
  hb_buffer_create(): Address;
  hb_buffer_clear_contents(buffer: Address): void;
  hb_buffer_set_cluster_level(buffer: Address, level: number): void;
  hb_buffer_set_flags(buffer: Address, flags: number): void;
  hb_buffer_add_codepoints(buffer: Address, text: Address, length: number, start: number, count: number): void;
  hb_buffer_set_direction(buffer: Address, direction: number): void;
  hb_buffer_set_script(buffer: Address, tag: number): void;
  hb_buffer_set_language(buffer: Address, language: Address): void;
  hb_buffer_get_length(buffer: Address): number;
  hb_buffer_get_glyph_infos(buffer: Address, length: Address): Address;
  hb_buffer_get_glyph_positions(buffer: Address, length: Address): Address;
  hb_language_from_string(text: Address, length: number): Address;
  hb_shape(font: Address, buffer: Address, features: Address, count: number): void;
  hb_draw_funcs_create(): Address;
  hb_draw_funcs_set_move_to_func(pen: Address, draw: number, user: Address, destroy: Address): void;
  hb_draw_funcs_set_line_to_func(pen: Address, draw: number, user: Address, destroy: Address): void;
  hb_draw_funcs_set_quadratic_to_func(pen: Address, draw: number, user: Address, destroy: Address): void;
  hb_draw_funcs_set_cubic_to_func(pen: Address, draw: number, user: Address, destroy: Address): void;
  hb_draw_funcs_set_close_path_func(pen: Address, draw: number, user: Address, destroy: Address): void;
}

/** Takes one drawing command with its coordinates. */
export type Draw = (letter: "M" | "L" | "Q" | "C" | "Z", coordinates: readonly number[]) => void;

/** One shaped run: five numbers a glyph, see `GLYPH`. */
export type Shaped = readonly number[];

/** Where the numbers of a glyph stand in a shaped run, and how many they are. */
export const GLYPH = { id: 0, cluster: 1, advance: 2, x: 3, y: 4, length: 5 } as const;

/** One number of each glyph. */
export function columns(shaped: Shaped, column: number): number[] {
  return Array.from({ length: shaped.length / GLYPH.length }, (_, at) => shaped[at * GLYPH.length + column] as number);
}

/** Where to get harfbuzz.wasm: its address, or its bytes. */
export type WasmSource = string | URL | BufferSource;

const LEFT_TO_RIGHT = 4;
const RIGHT_TO_LEFT = 5;
const CLUSTER_PER_CHARACTER = 2;
const NO_DOTTED_CIRCLE = 16;
const WRITABLE = 2;
const PAGE = 65536;

/** HarfBuzz, loaded. One is enough for a page; see `loadShaper`. */
export class Shaper {
  readonly #hb: HarfBuzz;
  readonly #buffer: Address;
  readonly #language: Address;
  readonly #vertical: Address;
  readonly #pen: Address;
  #text: Address = 0;
  #room = 0;
  #draw: Draw = () => {};

  private constructor(hb: HarfBuzz, pens: WebAssembly.Module) {
    this.#hb = hb;
    this.#buffer = hb.hb_buffer_create();
    this.#language = hb.hb_language_from_string(this.#copied(new TextEncoder().encode("und\0")), -1);
    // One hb_feature_t: its tag, on, from the first character to the last.
    this.#vertical = this.#copied(new Uint8Array(new Uint32Array([tag("vert"), 1, 0, 0xffffffff]).buffer));
    this.#pen = this.#madePen(pens);
  }

  /** Instantiate HarfBuzz from its bytes or address. */
  static async load(source: WasmSource): Promise<Shaper> {
    const memory: { grow?: (bytes: number) => number } = {};
    const nothing = () => 0;
    const env = {
      _abort_js: () => {
        throw new Error("HarfBuzz gave up: out of memory");
      },
      _emscripten_runtime_keepalive_clear: nothing,
      _setitimer_js: nothing,
      emscripten_resize_heap: (bytes: number) => memory.grow?.(bytes >>> 0) ?? 0,
    };
    const imports = { env, wasi_snapshot_preview1: { proc_exit: nothing } };
    const { instance } = await WebAssembly.instantiate(await bytesOf(source), imports);
    const hb = instance.exports as unknown as HarfBuzz;
    memory.grow = (bytes) => grown(hb.memory, bytes);
    hb.__wasm_call_ctors();
    return new Shaper(hb, await WebAssembly.compile(pensModule()));
  }

  /** Open a font file; the address of its font, its units per em, and ascender, descender and line gap. */
  open(data: Uint8Array): { font: Address; upem: number; extents: readonly [number, number, number] } {
    const hb = this.#hb;
    const face = hb.hb_face_create(hb.hb_blob_create(this.#copied(data), data.length, WRITABLE, 0, 0), 0);
    const upem = hb.hb_face_get_upem(face);
    const font = hb.hb_font_create(face);
    return { font, upem, extents: this.#extents(font, upem) };
  }

  /**
   * Shape `count` code points from `start` on, with all of `codes` as their context; `upright` ones in their forms for
   * vertical lines.
   */
  shape(
    font: Address,
    codes: readonly number[],
    start: number,
    count: number,
    script: string,
    rtl: boolean,
    upright: boolean,
  ): Shaped {
    const { hb, buffer } = { hb: this.#hb, buffer: this.#buffer };
    hb.hb_buffer_clear_contents(buffer);
    hb.hb_buffer_set_cluster_level(buffer, CLUSTER_PER_CHARACTER);
    hb.hb_buffer_set_flags(buffer, NO_DOTTED_CIRCLE);
    hb.hb_buffer_add_codepoints(buffer, this.#written(codes), codes.length, start, count);
    hb.hb_buffer_set_direction(buffer, rtl ? RIGHT_TO_LEFT : LEFT_TO_RIGHT);
    hb.hb_buffer_set_script(buffer, tag(script));
    hb.hb_buffer_set_language(buffer, this.#language);
    hb.hb_shape(font, buffer, this.#vertical, upright ? 1 : 0);
    return this.#glyphs();
  }

  /** Draw a glyph's outline in font units. */
  draw(font: Address, glyph: number, draw: Draw): void {
    this.#draw = draw;
    this.#hb.hb_font_draw_glyph(font, glyph, this.#pen, 0);
  }

  #glyphs(): number[] {
    const hb = this.#hb;
    const length = hb.hb_buffer_get_length(this.#buffer);
    const info = hb.hb_buffer_get_glyph_infos(this.#buffer, 0) / 4;
    const position = hb.hb_buffer_get_glyph_positions(this.#buffer, 0) / 4;
    const ints = new Int32Array(hb.memory.buffer);
    const found: number[] = [];
    for (let at = 0; at < length * 5; at += 5) {
      found.push(ints[info + at] as number, ints[info + at + 2] as number);
      found.push(ints[position + at] as number, ints[position + at + 2] as number, ints[position + at + 3] as number);
    }
    return found;
  }

  #extents(font: Address, upem: number): readonly [number, number, number] {
    const at = this.#hb.malloc(12 * 4);
    const known = this.#hb.hb_font_get_h_extents(font, at) !== 0;
    const [ascender = 0, descender = 0, gap = 0] = new Int32Array(this.#hb.memory.buffer, at, 3);
    this.#hb.free(at);
    // What HarfBuzz itself falls back to in the call the server makes.
    const guess = Math.trunc(Math.fround(upem * Math.fround(0.8)));
    return known ? [ascender, descender, gap] : [guess, guess - upem, 0];
  }

  #copied(bytes: Uint8Array): Address {
    const at = this.#hb.malloc(bytes.length);
    new Uint8Array(this.#hb.memory.buffer).set(bytes, at);
    return at;
  }

  #written(codes: readonly number[]): Address {
    if (codes.length > this.#room) {
      this.#hb.free(this.#text);
      this.#room = codes.length * 2;
      this.#text = this.#hb.malloc(this.#room * 4);
    }
    new Uint32Array(this.#hb.memory.buffer).set(codes, this.#text / 4);
    return this.#text;
  }

  #madePen(pens: WebAssembly.Module): Address {
    const hb = this.#hb;
    const pen = hb.hb_draw_funcs_create();
    const add = (letter: "M" | "L" | "Q" | "C" | "Z") => {
      const call = (...values: number[]) => this.#draw(letter, values.slice(3, -1));
      return { call, at: hb.__indirect_function_table.grow(1) };
    };
    const [M, L, Q, C, Z] = [add("M"), add("L"), add("Q"), add("C"), add("Z")];
    const d = { M: M.call, L: L.call, Q: Q.call, C: C.call, Z: Z.call };
    const callable = new WebAssembly.Instance(pens, { d }).exports;
    for (const [name, { at }] of Object.entries({ M, L, Q, C, Z })) {
      hb.__indirect_function_table.set(at, callable[name]);
    }
    hb.hb_draw_funcs_set_move_to_func(pen, M.at, 0, 0);
    hb.hb_draw_funcs_set_line_to_func(pen, L.at, 0, 0);
    hb.hb_draw_funcs_set_quadratic_to_func(pen, Q.at, 0, 0);
    hb.hb_draw_funcs_set_cubic_to_func(pen, C.at, 0, 0);
    hb.hb_draw_funcs_set_close_path_func(pen, Z.at, 0, 0);
    return pen;
  }
}

let loading: Promise<Shaper> | undefined;

/** HarfBuzz, fetched at the first call and kept. A failed load can be tried again. */
export function loadShaper(source: WasmSource): Promise<Shaper> {
  loading ??= Shaper.load(source).catch((failure: unknown) => {
    loading = undefined;
    throw failure;
  });
  return loading;
}

async function bytesOf(source: WasmSource): Promise<BufferSource> {
  if (typeof source !== "string" && !(source instanceof URL)) return source;
  const response = await fetch(source);
  if (!response.ok) throw new Error(`expected harfbuzz.wasm at ${source}, got status ${response.status}`);
  return response.arrayBuffer();
}

function grown(memory: WebAssembly.Memory, bytes: number): number {
  try {
    memory.grow(Math.ceil((Math.max(bytes, memory.buffer.byteLength * 1.5) - memory.buffer.byteLength) / PAGE));
    return 1;
  } catch {
    return 0;
  }
}

function tag(script: string): number {
  return [...script].reduce((sum, letter) => (sum << 8) | letter.charCodeAt(0), 0);
}
