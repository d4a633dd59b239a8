/** Writes path data byte by byte: a text has thousands of coordinates, and strings of numbers are slow to make. */

const ZERO = 48;
const POINT = 46;
const MINUS = 45;
const SPACE = 32;
/** More than the longest number, its sign, point and letter take. */
const ROOM = 32;

/** A path under construction. One writer is used again and again; `take` empties it. */
export class PathWriter {
  #bytes = new Uint8Array(1 << 16);
  #at = 0;
  readonly #decoder = new TextDecoder();

  /** Begin a command. */
  letter(code: number): void {
    this.#room();
    this.#bytes[this.#at++] = code;
  }

  /** A space between numbers. */
  space(): void {
    this.#bytes[this.#at++] = SPACE;
  }

  /** The value rounded to three decimals, half up: the same as numbers.write. */
  number(value: number): void {
    this.#room();
    let thousandths = Math.floor(value * 1000 + 0.5);
    if (thousandths < 0) {
      this.#bytes[this.#at++] = MINUS;
      thousandths = -thousandths;
    }
    const part = thousandths % 1000;
    const whole = (thousandths - part) / 1000;
    if (whole < 1e9) this.#whole(whole | 0);
    else for (const digit of String(whole)) this.letter(digit.charCodeAt(0));
    if (part !== 0) this.#fraction(part | 0);
  }

  /** The path written so far. */
  take(): string {
    const path = this.#decoder.decode(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return path;
  }

  #whole(value: number): void {
    const bytes = this.#bytes;
    let end = this.#at + 1;
    for (let ten = 10; value >= ten; ten *= 10) end++;
    let rest = value;
    for (let at = end - 1; at >= this.#at; at--) {
      const tenth = (rest / 10) | 0;
      bytes[at] = ZERO + rest - tenth * 10;
      rest = tenth;
    }
    this.#at = end;
  }

  #fraction(part: number): void {
    const bytes = this.#bytes;
    const first = (part / 100) | 0;
    const middle = ((part - first * 100) / 10) | 0;
    const last = part - first * 100 - middle * 10;
    bytes[this.#at++] = POINT;
    bytes[this.#at++] = ZERO + first;
    if (middle !== 0 || last !== 0) bytes[this.#at++] = ZERO + middle;
    if (last !== 0) bytes[this.#at++] = ZERO + last;
  }

  #room(): void {
    if (this.#at + ROOM < this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}
