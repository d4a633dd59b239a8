/** A design that is saved while it is worked on, for the tests of saving. */

import type { Answers } from "../src/composing.ts";
import type { Draft } from "../src/drafts/draft.ts";
import { connectPlatform } from "../src/platform.ts";
import { Autosave } from "../src/saving/autosave.ts";
import { FakePlatform } from "./fake-platform.ts";

/** A design being worked on, its platform, and all that its autosave told. */
export function working(draft: Partial<Draft> = {}, platform = new FakePlatform()) {
  let answers: Answers = draft.answers ?? {};
  const known = { answers: draft.transaction ? answers : {}, sent: [] };
  const kept: Draft[] = [];
  const notices: string[] = [];
  const heldBack = new Set<string>();
  const autosave = new Autosave({
    platform: connectPlatform("http://localhost:3000", platform.fetch),
    wanted: { integrationProductId: "p1", workflowId: "w1" },
    draft: { transaction: undefined, answers, unsaved: [], known, ...draft },
    answers: () => answers,
    replaceAnswers: (others) => {
      answers = others;
    },
    keep: (one) => void kept.push(one),
    opened: () => undefined,
    learned: () => undefined,
    carryOver: async () => undefined,
    isHeldBack: (stepName) => heldBack.has(stepName),
    notice: (one) => void notices.push(one),
  });
  const write = (stepName: string, text: string): void => {
    answers = { ...answers, [stepName]: { text } };
    autosave.changed(stepName);
  };
  return { platform, autosave, write, kept, notices, heldBack, answers: () => answers };
}

/** The same, its transaction opened. */
export async function opened(draft: Partial<Draft> = {}) {
  const session = working(draft);
  await session.autosave.flush();
  return session;
}
