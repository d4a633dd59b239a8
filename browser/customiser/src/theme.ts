/** Puts a shop's own look on the page: other values for a few properties of style.css, from which the rest follows. */

import type { Theme } from "./guards.ts";

/** Where there is no theme the page keeps its own. */
export function wear(theme: Theme | null | undefined, style: CSSStyleDeclaration): void {
  if (!theme) return;
  style.setProperty("--accent", theme.accent);
  style.setProperty("--on-accent", theme.onAccent);
  style.setProperty("--accent-strong", `color-mix(in srgb, ${theme.accent} 78%, black)`);
  style.setProperty("--accent-wash", `color-mix(in srgb, ${theme.accent} 8%, white)`);
  if (theme.radius === null) return;
  style.setProperty("--radius", `${theme.radius}px`);
  style.setProperty("--radius-small", `${Math.round(theme.radius * 0.7)}px`);
}
