/** Looks up the sizes of pictures. Digests come from answers, so only an object's own members count. */

import type { Picture } from "../workflow.ts";

/** The picture of that digest; undefined where there is none. */
export function pictureIn(pictures: Readonly<Record<string, Picture>>, digest: string): Picture | undefined {
  return Object.hasOwn(pictures, digest) ? pictures[digest] : undefined;
}
