// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { wear } from "../src/theme.ts";

test("without a theme the page keeps its own look", () => {
  const { style } = document.createElement("div");
  wear(null, style);
  wear(undefined, style);

  expect(style.length).toBe(0);
});

test("a theme gives the colours and what follows from them", () => {
  const { style } = document.createElement("div");
  wear({ accent: "#7a1fa2", onAccent: "#ffffff", radius: null }, style);

  expect(style.getPropertyValue("--accent")).toBe("#7a1fa2");
  expect(style.getPropertyValue("--accent-strong")).toContain("#7a1fa2");
  expect(style.getPropertyValue("--radius")).toBe("");
});

test("a theme gives the corners", () => {
  const { style } = document.createElement("div");
  wear({ accent: "#7a1fa2", onAccent: "#ffffff", radius: 0 }, style);

  expect(style.getPropertyValue("--radius")).toBe("0px");
  expect(style.getPropertyValue("--radius-small")).toBe("0px");
});
