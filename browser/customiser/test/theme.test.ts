// @vitest-environment happy-dom
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import type { Theme } from "../src/guards.ts";
import { wear } from "../src/theme.ts";

const THEME: Theme = {
  dark: false,
  colors: { accent: "#7a1fa2", onAccent: "#ffffff", text: "#111111", outline: "#777777", somethingNew: "#000000" },
  radius: null,
  density: "comfortable",
  typeface: "system",
  fontUrl: null,
  logoUrl: null,
};

afterEach(() => vi.unstubAllGlobals());

function worn(theme: Partial<Theme>): CSSStyleDeclaration {
  const { style } = document.createElement("div");
  wear({ ...THEME, ...theme }, style);
  return style;
}

test("without a theme the page keeps its own look", () => {
  const { style } = document.createElement("div");
  wear(null, style);
  wear(undefined, style);

  expect(style.length).toBe(0);
});

test("a theme gives colours by their names, and leaves alone what it does not say", () => {
  const style = worn({});

  expect(style.getPropertyValue("--accent")).toBe("#7a1fa2");
  expect(style.getPropertyValue("--ink")).toBe("#111111");
  expect(style.getPropertyValue("--control-line")).toBe("#777777");
  for (const name of ["--paper", "--radius", "--gap", "--typeface"]) expect(style.getPropertyValue(name)).toBe("");
});

test("every property that a theme gives is one of the style sheet", () => {
  const sheet = readFileSync(join(import.meta.dirname, "../src/style.css"), "utf8");
  const style = worn({ dark: true, radius: 4, density: "compact", typeface: "serif" });
  const given = Array.from({ length: style.length }, (_, place) => style.item(place));

  expect(given.filter((name) => name.startsWith("--") && !sheet.includes(`  ${name}:`))).toEqual([]);
  expect(given).toContain("--typeface");
});

test("a theme gives the corners, the room and the letters", () => {
  const style = worn({ dark: true, radius: 0, density: "compact", typeface: "serif" });

  expect(style.getPropertyValue("--radius")).toBe("0px");
  expect(style.getPropertyValue("--radius-small")).toBe("0px");
  expect(style.getPropertyValue("--touch")).toBe("42px");
  expect(style.getPropertyValue("--typeface")).toContain("serif");
});

test("a shop's font stands before the others, and where it does not come they are shown", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    throw new TypeError("Failed to fetch");
  });

  const style = worn({ fontUrl: "http://localhost:3000/files/f" });

  expect(style.getPropertyValue("--typeface")).toMatch(/^"spiff-shop"/);
  await vi.waitFor(() => expect(asked).toEqual(["http://localhost:3000/files/f"]));
});
