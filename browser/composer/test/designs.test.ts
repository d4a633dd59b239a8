/** Both composers agree: hand-written designs with golden.json, generated ones with the server's composer run here. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { Font } from "../src/index.ts";
import { type Design, type Expected, everything, golden, goldens, handWritten, loadFonts, ROOT } from "./designs.ts";

const GENERATED = "build/designs.jsonl";
const COUNT = process.env.SPIFF_DESIGNS ?? "1000";
const SEED = process.env.SPIFF_SEED ?? "1";

let fonts: Map<string, Font>;

beforeAll(async () => {
  fonts = await loadFonts();
});

describe("a hand-written design has the digest, findings and cost of golden.json", () => {
  const known = goldens();

  test.each(handWritten())("%s", async (name, design) => {
    expect(await golden(design, fonts), design.name).toEqual(known[name]);
  });
});

describe("generated designs", () => {
  test("give the same bytes as the server's composer", { timeout: 300_000 }, () => {
    const different = generated().flatMap((design) => differences(design, everything(design, fonts)));

    expect(different).toEqual([]);
  });
});

/** The generator run by the server's Python, and what it wrote. */
function generated(): (Design & { expected: Expected })[] {
  const python = process.env.SPIFF_PYTHON ?? fileURLToPath(new URL(".venv/bin/python", ROOT));
  const options = ["-m", "fixtures.generate", "--count", COUNT, "--seed", SEED, "--out", GENERATED];
  execFileSync(python, options, { cwd: fileURLToPath(ROOT), stdio: "pipe" });
  const lines = readFileSync(new URL(GENERATED, ROOT), "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as Design & { expected: Expected });
}

/** One line for each part that differs, showing both sides around the first difference. */
function differences(design: Design & { expected: Expected }, found: Expected): string[] {
  const parts = Object.keys(found) as (keyof Expected)[];
  return parts.flatMap((part) => {
    const [here, there] = [JSON.stringify(found[part]), JSON.stringify(design.expected[part])];
    if (here === there) return [];
    const at = [...here].findIndex((character, index) => character !== there[index]);
    const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60);
    return [`${design.name}, ${part}, from ${at} on: browser …${around(here)}… server …${around(there)}…`];
  });
}
