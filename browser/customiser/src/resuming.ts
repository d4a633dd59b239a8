/** What a design begins with: what this device kept of it, put on top of what the server holds. It knows no screen. */

import type { Draft } from "./drafts/draft.ts";
import type { DraftBox } from "./drafts/draft-box.ts";
import type { WorkflowLink } from "./guards.ts";
import { type Platform, Refused, type Resumed, type StoredTransaction, type TransactionNews } from "./platform.ts";
import { onTopOf } from "./saving/confirmed.ts";
import type { Notice } from "./session.ts";

/** A design that is opened again: by a link, or as finished on this device. Its token is an owner token. */
export type Reopened = Resumed & { ownerToken: string };

export interface Beginning {
  draft: Draft;
  news: TransactionNews;
  workflow: WorkflowLink;
  notice: Notice | undefined;
}

const NEW_DRAFT: Draft = { transaction: undefined, answers: {}, unsaved: [] };

/** Where work on this workflow begins. Throws Away, or Refused where what is reopened is not there any more. */
export async function beginning(
  platform: Platform,
  box: DraftBox,
  link: WorkflowLink,
  reopened: Reopened | undefined,
): Promise<Beginning> {
  const draft = (await box.take()) ?? (reopened ? reopenedDraft(reopened) : NEW_DRAFT);
  if (!draft.transaction) return keptDraft(draft, {}, link);
  const stored = await platform.transaction(draft.transaction).catch((error: unknown) => {
    if (!(error instanceof Refused) || reopened) throw error;
    return undefined;
  });
  // The server has lost it, or let it expire; this device has not.
  if (!stored) return keptDraft(copyOf(draft), {}, link);
  if (reopened && stored.status === "ordered") return orderedCopy(draft, stored);
  if ((reopened || stored.status === "created") && stored.workflow.id === link.id)
    return goneOnWith(draft, stored, reopened);
  // It was finished in another window: only what was not saved by then is still to be done.
  if (draft.unsaved.length > 0) return keptDraft(copyOf(draft), stored, link);
  await box.clear();
  return keptDraft(NEW_DRAFT, {}, link);
}

function reopenedDraft({ transactionId: id, ownerToken }: Reopened): Draft {
  return { ...NEW_DRAFT, transaction: { id, ownerToken, revision: 0 } };
}

function keptDraft(draft: Draft, news: TransactionNews, workflow: WorkflowLink): Beginning {
  return { draft, news, workflow, notice: Object.keys(draft.answers).length > 0 ? "kept-design" : undefined };
}

function goneOnWith(kept: Draft, stored: StoredTransaction, reopened: Reopened | undefined): Beginning {
  const { revision, workflow } = stored;
  const draft = onTopOf(stored.answers, kept);
  const transaction = kept.transaction && { ...kept.transaction, revision };
  const usual = reopened ? "resumed" : keptDraft(draft, stored, workflow).notice;
  return {
    draft: { ...draft, transaction },
    news: stored,
    workflow,
    notice: draft.other ? "changed-elsewhere" : usual,
  };
}

/** What is ordered stays as it is: the same answers begin another design. */
function orderedCopy(kept: Draft, stored: StoredTransaction): Beginning {
  const draft = copyOf(onTopOf(stored.answers, kept));
  return { draft, news: stored, workflow: stored.workflow, notice: "ordered-copy" };
}

/** The same answers, for a transaction of their own. */
function copyOf({ answers }: Draft): Draft {
  return { transaction: undefined, answers, unsaved: Object.keys(answers) };
}
