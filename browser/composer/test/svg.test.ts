/** What composing never makes but scenes may hold: clips, no fill. tests/composing/test_svg.py has the same. */

import { expect, test } from "vitest";
import { canonicalScene, type Ink, type PathElement, type ScenePanel, toSvg } from "../src/index.ts";

const PATH: PathElement = {
  kind: "path",
  d: "",
  fill: null,
  stroke: null,
  strokeWidth: 0,
  fillInk: null,
  strokeInk: null,
  clip: null,
  only: null,
};
const SPOT: Ink = { cmyk: null, spot: "CutContour", overprint: true };
const PANEL: ScenePanel = {
  name: 'a"\n\u0001é',
  width: 10.5,
  height: 20,
  bleed: 0,
  background: null,
  elements: [
    { ...PATH, d: "M0 0L1 1Z", stroke: "#ff0000", strokeWidth: 0.5 },
    { kind: "image", asset: 'x"&', matrix: [1, 0, 0, -0, 2.00049, 3], clip: "M0 0L5 5L0 5Z", only: null },
  ],
};
const CLIPPED: ScenePanel = {
  ...PANEL,
  elements: [
    { ...PATH, d: "M9 9Z", stroke: "#ec008c", strokeWidth: 1, strokeInk: SPOT, only: "print" },
    { ...PATH, d: "M0 0Z", fill: "#000000", fillInk: { ...SPOT, cmyk: [0, 12.5, 0, 100], spot: null }, clip: "M1 1Z" },
    { ...PATH, d: "M2 2Z", fill: "#123456", clip: "M1 1Z" },
    { ...PATH, d: "M3 3Z", fill: "#123456", only: "screen" },
  ],
};

test("a clip stands right before its image", () => {
  expect(toSvg(PANEL, (asset) => `/${asset}<>`)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="10.5" height="20" viewBox="0 0 10.5 20">' +
      '<path d="M0 0L1 1Z" fill="none" stroke="#ff0000" stroke-width="0.5" stroke-linejoin="round"' +
      ' stroke-linecap="round" paint-order="stroke"/>' +
      '<clipPath id="clip1"><path d="M0 0L5 5L0 5Z"/></clipPath><g clip-path="url(#clip1)">' +
      '<image width="1" height="1" preserveAspectRatio="none" transform="matrix(1 0 0 0 2 3)"' +
      ' href="/x&quot;&amp;&lt;&gt;"/></g></svg>',
  );
});

test("absent members are left out of canonical JSON", () => {
  expect(canonicalScene({ panels: [PANEL] })).toBe(
    '{"panels":[{"bleed":0,"elements":[{"d":"M0 0L1 1Z","kind":"path","stroke":"#ff0000","strokeWidth":0.5},' +
      '{"asset":"x\\"&","clip":"M0 0L5 5L0 5Z","kind":"image","matrix":[1,0,0,0,2,3]}],' +
      '"height":20,"name":"a\\"\\n\\u0001é","width":10.5}]}',
  );
});

test("neighbours share a clip and what is only for print is not shown", () => {
  expect(toSvg(CLIPPED, String)).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg" width="10.5" height="20" viewBox="0 0 10.5 20">' +
      '<clipPath id="clip0"><path d="M1 1Z"/></clipPath><g clip-path="url(#clip0)">' +
      '<path d="M0 0Z" fill="#000000"/><path d="M2 2Z" fill="#123456"/></g><path d="M3 3Z" fill="#123456"/></svg>',
  );
});

test("inks, clips and media are part of the scene's identity", () => {
  expect(canonicalScene({ panels: [CLIPPED] })).toBe(
    '{"panels":[{"bleed":0,"elements":[' +
      '{"d":"M9 9Z","kind":"path","only":"print","stroke":"#ec008c","strokeInk":{"overprint":true,"spot":"CutContour"},"strokeWidth":1},' +
      '{"clip":"M1 1Z","d":"M0 0Z","fill":"#000000","fillInk":{"cmyk":[0,12.5,0,100],"overprint":true},"kind":"path"},' +
      '{"clip":"M1 1Z","d":"M2 2Z","fill":"#123456","kind":"path"},' +
      '{"d":"M3 3Z","fill":"#123456","kind":"path","only":"screen"}],' +
      '"height":20,"name":"a\\"\\n\\u0001é","width":10.5}]}',
  );
});
