/** Which files a step takes, by the ends of their names, so that a shopper is told before waiting. Knows no content. */

import type { StepOf } from "./composing.ts";

const PICTURES = [".jpg", ".jpeg", ".jfif", ".png", ".webp", ".heic", ".heif"];
const VIDEOS = [".mp4", ".mov", ".webm"];
const MIME_TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".jfif": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".heic": "image/heic",
  ".heif": "image/heif",
  ".svg": "image/svg+xml",
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
  ".webm": "video/webm",
};
/** What people call them; the rest are other names for the same. */
const NAMED = [".jpg", ".png", ".webp", ".heic", ".svg", ".mp4", ".mov", ".webm"];

/** The ends of names that an upload step takes: one picture format stands for all, as in composing. */
export function takenBy({ whitelistedExtensions }: Pick<StepOf<"Frame">, "whitelistedExtensions">): string[] {
  const wanted = whitelistedExtensions.map((one) => one.toLowerCase());
  if (wanted.length === 0) return [...PICTURES, ".svg"];
  const pictures = wanted.some((one) => PICTURES.includes(one)) ? PICTURES : [];
  return [...pictures, ...(wanted.includes(".svg") ? [".svg"] : [])];
}

export function takenVideos(): string[] {
  return VIDEOS;
}

/** For a file input: names and types, since systems know the one or the other. */
export function acceptAttribute(taken: readonly string[]): string {
  return [...taken, ...new Set(taken.flatMap((one) => MIME_TYPES[one] ?? []))].join(",");
}

/** "JPG, PNG, SVG" for people. */
export function namesOf(taken: readonly string[]): string[] {
  return NAMED.filter((one) => taken.includes(one)).map((one) => one.slice(1).toUpperCase());
}

/** Whether a file may be taken. One whose name says nothing is for the server to look at. */
export function isTaken(fileName: string, taken: readonly string[]): boolean {
  const end = /\.[^.]+$/.exec(fileName.toLowerCase())?.[0];
  return end === undefined || taken.includes(end);
}
