/** The links of a design: to go on with it elsewhere, and to show it. Each is made once a page. It knows no screen. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { LinkPurpose, Platform } from "./platform.ts";
import type { Autosave } from "./saving/autosave.ts";

export interface Links {
  /** The address of each link that was made here, or that led here. */
  readonly made: ReadonlySignal<Partial<Record<LinkPurpose, string>>>;
  /** Makes a link, once everything that can be saved is saved; throws Away or Refused. */
  readonly make: (purpose: LinkPurpose) => Promise<void>;
  /** Takes back every link of a purpose, those of other visits, too. */
  readonly takeBack: (purpose: LinkPurpose) => Promise<void>;
}

/** The links of what `autosave` saves; `resumedBy` is the one that led here. */
export function createLinks(
  platform: Platform,
  autosave: Pick<Autosave, "flush" | "owned">,
  resumedBy: string | undefined,
): Links {
  const made = signal<Partial<Record<LinkPurpose, string>>>(resumedBy ? { resume: resumedBy } : {});
  return {
    made,
    make: async (purpose) => {
      if (made.value[purpose]) return;
      await autosave.flush();
      const href = await platform.createLink(await autosave.owned(), purpose);
      made.value = { ...made.value, [purpose]: href };
    },
    takeBack: async (purpose) => {
      await platform.removeLinks(await autosave.owned(), purpose);
      made.value = { ...made.value, [purpose]: undefined };
    },
  };
}
