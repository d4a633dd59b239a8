/** Writing and turning numbers, one by one and as a path. */

import { expect, test } from "vitest";
import { turn, turned, write, written } from "../src/numbers.ts";
import { PathWriter } from "../src/path-writer.ts";

test.each([
  [0, "0"],
  [-0, "0"],
  [1.5, "1.5"],
  [-0.005, "-0.005"],
  [0.0005, "0.001"],
  [-0.0005, "0"],
  [100, "100"],
  [123456.7895, "123456.79"],
  [-1e9, "-1000000000"],
  [4e12, "4000000000000"],
])("%d is written %s", (value, text) => {
  expect(write(value)).toBe(text);
});

test("a path writer writes what numbers.write writes", () => {
  const writer = new PathWriter();
  for (let round = 0; round < 20_000; round++) {
    const value = Math.sin(round * 12.9898) * 10 ** ((round % 13) - 3);
    writer.letter("L".charCodeAt(0));
    writer.number(value);
    writer.space();
    writer.number(Math.round(value));

    expect(writer.take()).toBe(`L${write(value)} ${write(Math.round(value))}`);
  }
});

test("a path writer grows with its path and is empty after it was taken", () => {
  const writer = new PathWriter();
  for (let round = 0; round < 30_000; round++) writer.number(123.456);

  expect(writer.take()).toBe("123.456".repeat(30_000));
  expect(writer.take()).toBe("");
});

test("every fraction is written with no zero at its end", () => {
  for (let part = 0; part < 1000; part++) expect(Number(written(5000 + part))).toBe((5000 + part) / 1000);
});

test.each([
  [90, [0, 1]],
  [180, [-1, 0]],
  [-90, [0, -1]],
  [720, [1, 0]],
])("a turn by %d degrees is exact and clockwise", (degrees, point) => {
  expect(turned(1, 0, [0, 0], turn(degrees))).toEqual(point);
});
