/** A text of bespoke letters: only the characters there are drawings for. */

import { type ActiveStep, countCharacters, type StepOf } from "../../composing.ts";
import { words } from "../../words.ts";
import { TextField } from "../text-step/text-field.tsx";

const MOST_NAMED = 80;

export function ModuleStep({ active, step }: { active: ActiveStep; step: StepOf<"Module"> }) {
  const typed = active.answer.text ?? step.defaultText;
  const characters = step.glyphs.map(({ character }) => character);
  const hint = characters.length <= MOST_NAMED ? words.allowedCharacters(characters.join(" ")) : undefined;
  return (
    <TextField
      step={step}
      typed={typed}
      used={countCharacters(typed)}
      most={step.maxLength}
      hint={hint}
      sample={active.answer.text === null}
    />
  );
}
