/** Puts together what several windows kept of one draft. Pure: of what two of them changed, neither version is lost. */

import type { KeptDraft } from "./device.ts";
import { type Draft, type Known, type OtherVersion, readDraft } from "./draft.ts";

export interface Combined {
  draft: Draft;
  /** The windows whose work is in it. */
  windows: string[];
}

interface Readable {
  window: string;
  /** When it was changed, which says more than when it was kept: that is done once more when it is sent. */
  at: number;
  draft: Draft;
}

/**
 * The newest draft with all on top that other windows did not save in the same transaction. What belongs to another
 * transaction stays where it is, and comes up when this one is finished.
 */
export function combined(kept: readonly KeptDraft[]): Combined | undefined {
  const [newest, ...others] = kept.flatMap(readable).sort((one, other) => other.at - one.at);
  if (!newest) return undefined;
  const joining = others.filter(({ draft }) => draft.transaction?.id === newest.draft.transaction?.id);
  return {
    draft: joining.reduce((draft, earlier) => joined(draft, earlier.draft), newest.draft),
    windows: [newest, ...joining].map(({ window }) => window),
  };
}

function readable({ window, at, draft: found }: KeptDraft): Readable[] {
  const draft = readDraft(found);
  return draft ? [{ window, at: draft.changedAt ?? at, draft }] : [];
}

function joined(draft: Draft, earlier: Draft): Draft {
  const both = earlier.unsaved.filter((name) => draft.unsaved.includes(name));
  const added = earlier.unsaved.filter((name) => !draft.unsaved.includes(name));
  const differing = both.filter(
    (name) => JSON.stringify(draft.answers[name]) !== JSON.stringify(earlier.answers[name]),
  );
  return {
    ...draft,
    answers: withSteps(draft.answers, earlier.answers, added),
    unsaved: [...draft.unsaved, ...added],
    known: draft.known && earlier.known && joinedKnown(draft.known, earlier.known, added),
    other: joinedOther(draft.other, earlier, differing),
  };
}

function joinedKnown(known: Known, earlier: Known, added: string[]): Known {
  return { answers: withSteps(known.answers, earlier.answers, added), sent: [...known.sent, ...earlier.sent] };
}

/** The newer of two other versions stays: the shopper is asked about one at a time. */
function joinedOther(other: OtherVersion | undefined, earlier: Draft, differing: string[]): OtherVersion | undefined {
  const added = differing.filter((name) => !other?.stepNames.includes(name));
  if (added.length === 0) return other ?? earlier.other;
  return {
    stepNames: [...(other?.stepNames ?? []), ...added],
    answers: withSteps(other?.answers ?? {}, earlier.answers, added),
  };
}

function withSteps<Value>(values: Record<string, Value>, others: Record<string, Value>, stepNames: readonly string[]) {
  const taken = stepNames.flatMap((name): [string, Value][] => {
    const value = others[name];
    return value === undefined ? [] : [[name, value]];
  });
  const left = Object.entries(values).filter(([name]) => !stepNames.includes(name));
  return Object.fromEntries([...left, ...taken]);
}
