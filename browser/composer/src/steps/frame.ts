/** An upload in the shape of a frame, moved, enlarged and turned by the shopper (docs/composing.md, Frame). */

import type { Placement } from "../answers.ts";
import type { FullRegion, FullStepOf } from "../complete.ts";
import { rectangle } from "../drawing.ts";
import { type Entry, type Field, type Found, kind, type StepDrawing } from "../kinds.ts";
import { type Point, turn } from "../numbers.ts";
import { covering, drawnPaths, frameOutline, placed, type Size, stretched, unit } from "../placing.ts";
import { drawingOf, type Resources } from "../resources.ts";
import type { Element, Matrix } from "../scene.ts";
import type { Selection } from "../selection.ts";
import type { Picture } from "../workflow.ts";
import { pictureIn } from "./pictures.ts";

type Choice = Selection<FullStepOf<"Frame">>;

const PICTURES: readonly string[] = [".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"];
const [FARTHEST, LEAST_ZOOM, MOST_ZOOM, MOST_DEGREES] = [5, 0.05, 20, 3600];

export const FRAME = kind<FullStepOf<"Frame">>({
  fields: ["variantId", "upload", "placement"],
  draw,
  check,
  lacking,
  entries,
  drawings,
});

function draw(selection: Choice, resources: Resources): StepDrawing {
  const drawn = selection.step.regions.flatMap((region) =>
    [...elements(selection, resources, region)].map((element) => ({ region, element })),
  );
  return { drawn, found: [...tooManyColors(selection, resources)] };
}

function* elements(selection: Choice, resources: Resources, region: FullRegion): Generator<Element> {
  const { placeholder, overlay } = selection.step;
  const upload = uploadIn(selection);
  const clip = outline(selection, resources, region);
  if (upload !== null) yield* filled(selection, resources, region, upload, clip);
  else if (placeholder !== null) yield* asLargeAs(selection, resources, region, placeholder, clip);
  if (overlay !== null) yield* asLargeAs(selection, resources, region, overlay, null);
}

function filled(
  selection: Choice,
  resources: Resources,
  region: FullRegion,
  upload: string,
  clip: string,
): readonly Element[] {
  const { only } = selection.step;
  const picture = pictureIn(selection.context.pictures, upload);
  if (picture !== undefined) {
    const matrix = unit(placement(selection, region, sizeOf(picture)), sizeOf(picture));
    return [{ kind: "image", asset: upload, matrix, clip, only }];
  }
  const drawing = drawingOf(resources, upload);
  const matrix = placement(selection, region, [drawing.width, drawing.height]);
  return drawnPaths(drawing, matrix, new Map(), { clip, only });
}

/** Where the upload lies: within bounds, and where the step wants that, covering all of the region. */
function placement({ step, answer }: Choice, region: FullRegion, size: Size): Matrix {
  const { x = 0, y = 0, zoom = null, rotation = 0 } = answer.placement ?? {};
  const by = turn(bounded(rotation, -MOST_DEGREES, MOST_DEGREES));
  const wanted = bounded(zoom ?? step.initialZoomLevel, LEAST_ZOOM, MOST_ZOOM);
  let k = Math.max(region.width / size[0], region.height / size[1]) * wanted;
  let offset: Point = [bounded(x, -FARTHEST, FARTHEST) * region.width, bounded(y, -FARTHEST, FARTHEST) * region.height];
  if (step.forceImageCover) {
    const { least, reach } = covering(region, size, by);
    k = Math.max(k, least);
    const along: Point = [offset[0] * by[0] + offset[1] * by[1], offset[1] * by[0] - offset[0] * by[1]];
    const across = bounded(along[0], reach[0] - (size[0] * k) / 2, (size[0] * k) / 2 - reach[0]);
    const down = bounded(along[1], reach[1] - (size[1] * k) / 2, (size[1] * k) / 2 - reach[1]);
    offset = [across * by[0] - down * by[1], across * by[1] + down * by[0]];
  }
  return placed(region, size, k, offset, by);
}

/** A placeholder, which never prints, or an overlay, which has no clip. */
function asLargeAs(
  { step, workflow }: Choice,
  resources: Resources,
  region: FullRegion,
  asset: string,
  clip: string | null,
): readonly Element[] {
  const only = clip === null ? step.only : "screen";
  const picture = pictureIn(workflow.pictures, asset);
  if (picture !== undefined) {
    const matrix = unit(stretched(region, sizeOf(picture)), sizeOf(picture));
    return [{ kind: "image", asset, matrix, clip, only }];
  }
  const drawing = drawingOf(resources, asset);
  return drawnPaths(drawing, stretched(region, [drawing.width, drawing.height]), new Map(), { clip, only });
}

function outline({ variant }: Choice, resources: Resources, region: FullRegion): string {
  return variant?.asset ? frameOutline(region, drawingOf(resources, variant.asset)) : rectangle(region);
}

/** The upload, where the transaction has it and the step takes it. */
function uploadIn(selection: Choice): string | null {
  const { upload } = selection.answer;
  return upload !== null && isKnown(selection, upload) && isTaken(selection, upload) ? upload : null;
}

function isKnown({ context }: Choice, upload: string): boolean {
  return pictureIn(context.pictures, upload) !== undefined || context.drawings.includes(upload);
}

function isTaken({ step, context }: Choice, upload: string): boolean {
  const wanted = step.whitelistedExtensions.map((each) => each.toLowerCase());
  if (wanted.length === 0) return true;
  if (pictureIn(context.pictures, upload) === undefined) return wanted.includes(".svg");
  return wanted.some((each) => PICTURES.includes(each));
}

function* tooManyColors(selection: Choice, resources: Resources): Generator<Found> {
  const upload = uploadIn(selection);
  const most = selection.step.maxColors;
  if (upload === null || most === 0 || !selection.context.drawings.includes(upload)) return;
  if (drawingOf(resources, upload).slots.length > most) {
    yield { code: "too-many-colors", field: "upload", detail: String(most) };
  }
}

function* check(selection: Choice): Generator<Found> {
  const { upload, placement: wanted } = selection.given;
  if (upload !== null && !isKnown(selection, upload)) {
    yield { code: "unknown-upload", field: "upload", detail: upload };
  } else if (upload !== null && !isTaken(selection, upload)) {
    yield { code: "upload-not-allowed", field: "upload", detail: "" };
  }
  if (wanted !== null && !isWithinBounds(wanted)) {
    yield { code: "placement-out-of-range", field: "placement", detail: "" };
  }
}

function isWithinBounds({ x = 0, y = 0, zoom = null, rotation = 0 }: Placement): boolean {
  const near = Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST;
  const large = zoom === null || (zoom >= LEAST_ZOOM && zoom <= MOST_ZOOM);
  return near && large && Math.abs(rotation) <= MOST_DEGREES;
}

function lacking(selection: Choice): Field | null {
  if (selection.step.option !== null && selection.variant === null) return "variantId";
  return uploadIn(selection) === null ? "upload" : null;
}

/** The upload's digest; the server makes an address of it. */
function* entries(selection: Choice): Generator<Entry> {
  const upload = uploadIn(selection);
  if (upload !== null) yield { key: "image", value: upload, hidden: selection.step.hideImageInCart };
}

function* drawings(selection: Choice): Generator<string> {
  const { step, variant, context, workflow } = selection;
  const upload = uploadIn(selection);
  if (variant?.asset) yield variant.asset;
  if (upload !== null && pictureIn(context.pictures, upload) === undefined) yield upload;
  for (const asset of [upload === null ? step.placeholder : null, step.overlay]) {
    if (asset !== null && pictureIn(workflow.pictures, asset) === undefined) yield asset;
  }
}

function sizeOf({ widthPx, heightPx }: Picture): Size {
  return [widthPx, heightPx];
}

function bounded(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
