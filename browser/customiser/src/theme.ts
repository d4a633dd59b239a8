/** Puts a shop's own look on the page: other values for the properties of style.css. All of it was checked to be readable. */

import type { Theme } from "./guards.ts";
import { fontFamily, showInPage } from "./page-fonts.ts";

const FONT = "shop";
const PROPERTIES: Record<string, string> = {
  paper: "--paper",
  wash: "--wash",
  text: "--ink",
  muted: "--muted",
  line: "--line",
  outline: "--control-line",
  accent: "--accent",
  accentStrong: "--accent-strong",
  accentWash: "--accent-wash",
  onAccent: "--on-accent",
  error: "--warn",
  errorWash: "--warn-wash",
  note: "--note",
  noteWash: "--note-wash",
};
const TYPEFACES: Record<string, string> = {
  serif: 'ui-serif, Georgia, Cambria, "Noto Serif", "Times New Roman", serif',
  rounded: 'ui-rounded, "Arial Rounded MT Bold", Quicksand, Nunito, "Noto Sans", sans-serif',
  monospace: 'ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace',
};

/** Where there is no theme the page keeps its own. */
export function wear(theme: Theme | null | undefined, style: CSSStyleDeclaration): void {
  if (!theme) return;
  for (const [name, property] of Object.entries(PROPERTIES)) {
    const colour = theme.colors[name];
    if (colour) style.setProperty(property, colour);
  }
  style.setProperty("color-scheme", theme.dark ? "dark" : "light");
  if (theme.radius !== null) wearCorners(theme.radius, style);
  if (theme.density === "compact") wearClosely(style);
  wearTypeface(theme, style);
}

function wearCorners(radius: number, style: CSSStyleDeclaration): void {
  style.setProperty("--radius", `${radius}px`);
  style.setProperty("--radius-small", `${Math.round(radius * 0.7)}px`);
}

/** What is pressed stays large enough for a thumb (WCAG 2.2, 2.5.8 asks for 24 pixels). */
function wearClosely(style: CSSStyleDeclaration): void {
  style.setProperty("--touch", "42px");
  style.setProperty("--gap", "16px");
}

/** The shop's font comes when it comes: until then, and for letters it has not, the family behind it is shown. */
function wearTypeface({ typeface, fontUrl }: Theme, style: CSSStyleDeclaration): void {
  const usual = TYPEFACES[typeface] ?? getComputedStyle(document.documentElement).getPropertyValue("--typeface");
  if (fontUrl) void fetchFont(fontUrl);
  const families = [fontUrl ? `"${fontFamily(FONT)}"` : "", usual].filter(Boolean);
  if (fontUrl || TYPEFACES[typeface]) style.setProperty("--typeface", families.join(", "));
}

async function fetchFont(address: string): Promise<void> {
  const response = await fetch(address, { credentials: "omit" }).catch(() => undefined);
  if (response?.ok) showInPage(FONT, new Uint8Array(await response.arrayBuffer()));
}
