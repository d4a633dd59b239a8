/** Code points beyond ASCII in names of hosts (RFC 3492). Python has it as a codec. Knows no address. */

const [BASE, LEAST, MOST, SKEW, DAMP, BIAS, FIRST] = [36, 1, 26, 38, 700, 72, 0x80];
const DIGITS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** The label in ASCII, without the prefix. */
export function punycode(codes: readonly number[]): string {
  const basic = codes.filter((code) => code < FIRST);
  let found = basic.length > 0 ? `${String.fromCharCode(...basic)}-` : "";
  let [bias, delta, next] = [BIAS, 0, FIRST];
  let done = basic.length;
  while (done < codes.length) {
    const least = Math.min(...codes.filter((code) => code >= next));
    delta += (least - next) * (done + 1);
    for (const code of codes) {
      if (code < least) delta++;
      if (code !== least) continue;
      found += written(delta, bias);
      bias = adapted(delta, done + 1, done === basic.length);
      delta = 0;
      done++;
    }
    delta++;
    next = least + 1;
  }
  return found;
}

/** A number whose digits have bases of their own (section 3.3). */
function written(value: number, bias: number): string {
  let found = "";
  let rest = value;
  for (let place = BASE; ; place += BASE) {
    const threshold = Math.min(Math.max(place - bias, LEAST), MOST);
    if (rest < threshold) return found + (DIGITS[rest] as string);
    const base = BASE - threshold;
    found += DIGITS[threshold + ((rest - threshold) % base)] as string;
    rest = Math.floor((rest - threshold) / base);
  }
}

/** What the next number is written by (section 3.4). */
function adapted(delta: number, count: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? DAMP : 2));
  rest += Math.floor(rest / count);
  let bias = 0;
  for (; rest > ((BASE - LEAST) * MOST) / 2; bias += BASE) rest = Math.floor(rest / (BASE - LEAST));
  return bias + Math.floor(((BASE - LEAST + 1) * rest) / (rest + SKEW));
}
