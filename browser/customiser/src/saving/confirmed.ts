/** What the server is known to hold, by which one tells whose a value is that it turns out to hold. It asks nobody. */

import type { Answer, Answers } from "../composing.ts";
import type { Draft, Known, OtherVersion } from "../drafts/draft.ts";
import { mergedAnswers, sameAnswer } from "../editor.ts";

export class Confirmed {
  #answers: Answers;
  /** What was sent and not confirmed: it may have arrived all the same. */
  #sent: Record<string, Answer | null>[];

  constructor({ answers, sent }: Known) {
    this.#answers = answers;
    this.#sent = [...sent];
  }

  /** All of it, to be kept with a draft. */
  get known(): Known {
    return { answers: this.#answers, sent: [...this.#sent] };
  }

  /** These answers are about to be sent. */
  sending(body: Record<string, Answer | null>): void {
    this.#sent.push(body);
  }

  /** The server took what was sent last. */
  took(body: Record<string, Answer | null>): void {
    const taken = Object.fromEntries(Object.entries(body).map(([name, answer]) => [name, answer ?? {}]));
    this.#answers = { ...this.#answers, ...taken };
    this.#sent = [];
  }

  /** The server holds these answers and no others. */
  holds(answers: Answers): void {
    this.#answers = answers;
    this.#sent = [];
  }

  /** Those of the named steps that hold neither what we knew of, nor what we sent, nor what is answered here. */
  changedElsewhere(stored: Answers, local: Answers, stepNames: Iterable<string>): string[] {
    const isOurs = (name: string): boolean =>
      [this.#answers[name], local[name]].some((known) => sameAnswer(stored[name], known)) ||
      this.#sent.some((body) => name in body && sameAnswer(stored[name], body[name] ?? undefined));
    return [...stepNames].filter((name) => !isOurs(name));
  }
}

/** The earlier version with the steps on top that the other window has changed since; undefined where there is none. */
export function otherVersion(
  earlier: OtherVersion | undefined,
  stored: Answers,
  stepNames: string[],
): OtherVersion | undefined {
  if (stepNames.length === 0) return earlier;
  return {
    stepNames: [...new Set([...(earlier?.stepNames ?? []), ...stepNames])],
    answers: mergedAnswers(earlier?.answers ?? {}, stored, stepNames),
  };
}

/** A kept draft on top of what the server holds by now; what both changed since is put before the shopper. */
export function onTopOf(stored: Answers, draft: Draft): Draft {
  const { answers, unsaved, known, other } = draft;
  const changed = known ? new Confirmed(known).changedElsewhere(stored, answers, unsaved) : [];
  return {
    ...draft,
    answers: mergedAnswers(stored, answers, unsaved),
    known: { answers: stored, sent: [] },
    other: otherVersion(other, stored, changed),
  };
}
