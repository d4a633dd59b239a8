/** The words of a text: typed into a line or an area, counted, alone or in the place a text has for them. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Answer, Step } from "../../composing.ts";
import { fontFamily } from "../../page-fonts.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { FindingList, fieldIds, Help, isOptional, Title, useFindings } from "../field/field.tsx";

interface TextFieldProps {
  step: Step;
  /** What stands there: the answer's text, or the default. */
  typed: string;
  /** How many characters that comes to, and how many are allowed. */
  used: number;
  least?: number;
  most: number;
  lines?: boolean;
  hint?: string | undefined;
  /** Whether what stands there is a sample, which goes with the first key stroke. */
  sample?: boolean;
  /** The sample goes as soon as somebody comes to write. */
  clearOnFocus?: boolean;
  /** The font it is set in, for letters that the page's own lacks. */
  font?: string | undefined;
  /** What is answered together with the words. */
  along?: Partial<Answer>;
}

type Field = HTMLInputElement | HTMLTextAreaElement;

export function TextField(props: TextFieldProps) {
  const { step, typed, used, least = 0, most, lines, hint, sample, clearOnFocus, font, along } = props;
  const { editor } = useWorkbench().session;
  const findings = useFindings(step, "text");
  const ids = fieldIds(step, "text");
  // Coming by is no answer: the text is only out of the way until something is written.
  const cleared = useSignal(false);
  const arriving = useRef(false);
  const attributes = {
    id: ids.control,
    class: "text-input",
    // What is written has its own direction, whatever that of the page is.
    dir: "auto" as const,
    style: font ? { fontFamily: `var(--typeface), ${fontFamily(font)}` } : undefined,
    value: cleared.value ? "" : typed,
    placeholder: cleared.value ? typed : "",
    autoComplete: "off",
    "aria-describedby": `${ids.help} ${ids.control}-hint ${ids.control}-count ${ids.findings}`,
    "aria-invalid": findings.some(({ level }) => level === "block"),
    "aria-required": step.mandatory,
    onFocus: ({ currentTarget }: { currentTarget: Field }) => {
      cleared.value = Boolean(clearOnFocus);
      arriving.current = true;
      if (sample) currentTarget.select();
    },
    // A tap puts the caret in the word after it has brought the focus: the sample is selected anew, but only by the
    // first tap, so that the next ones reach a letter.
    onClick: ({ currentTarget }: { currentTarget: Field }) => {
      const isCaret = currentTarget.selectionStart === currentTarget.selectionEnd;
      if (sample && arriving.current && isCaret) currentTarget.select();
      arriving.current = false;
    },
    onBlur: () => {
      cleared.value = false;
    },
    onInput: (event: { currentTarget: Field }) => {
      cleared.value = false;
      editor.change(step.stepName, { text: event.currentTarget.value, ...along });
    },
  };
  return (
    <div class="field main">
      <label for={ids.control}>
        <Title text={step.stepTitle} optional={isOptional(step)} />
      </label>
      <Help id={ids.help} text={step.helpText} />
      {lines ? <textarea rows={3} {...attributes} /> : <input type="text" enterKeyHint="done" {...attributes} />}
      <div class="below-text">
        <p id={`${ids.control}-hint`} class="hint">
          {hint}
        </p>
        <p id={`${ids.control}-count`} class={used > most ? "count over" : "count"}>
          {words.characters(used, most)}
          {used < least && `, ${words.charactersAtLeast(least)}`}
        </p>
      </div>
      <FindingList id={ids.findings} findings={findings} />
    </div>
  );
}
