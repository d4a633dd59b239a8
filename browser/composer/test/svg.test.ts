/** What composing never makes but scenes may hold: clips, no fill. tests/composing/test_svg.py has the same. */

import { expect, test } from "vitest";
import { canonicalScene, type ScenePanel, toSvg } from "../src/index.ts";

const PANEL: ScenePanel = {
  name: 'a"\n\u0001é',
  width: 10.5,
  height: 20,
  bleed: 0,
  background: null,
  elements: [
    { kind: "path", d: "M0 0L1 1Z", fill: null, stroke: "#ff0000", strokeWidth: 0.5 },
    { kind: "image", asset: 'x"&', matrix: [1, 0, 0, -0, 2.00049, 3], clip: "M0 0L5 5L0 5Z" },
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
