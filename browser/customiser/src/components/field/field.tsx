/** What every field of a step has around its control: label, help, and what is wrong with it. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { JudgedFinding, Step } from "../../composing.ts";
import { findingText, words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import "./field.css";

/** Ids that tie a control to its help and findings; one set a field, unique in the page. */
export function fieldIds(step: Step, field: string) {
  const id = `${step.stepName}-${field}`;
  return { control: id, help: `${id}-help`, findings: `${id}-findings` };
}

/** The fields of an answer that have a place of their own in a step's form; the first is its main one. */
const PLACES: Partial<Record<Step["type"], readonly string[]>> = {
  Text: ["text", "variantId", "colorVariantId", "color", "strokeVariantId", "fillVariantId"],
  Frame: ["upload", "variantId"],
  Illustration: ["variantId", "colors"],
  Module: ["text"],
  DigitalContent: ["upload", "url"],
};
const CHOICE = ["variantId"];
/** Steps that may well stay empty; in the others something is usually chosen already. */
const MAY_BE_EMPTY: readonly Step["type"][] = ["Text", "Frame", "Module", "DigitalContent"];

/** The findings of one field; what concerns no field with a place shows at the main one. */
export function useFindings(step: Step, field: string): JudgedFinding[] {
  const places = PLACES[step.type] ?? CHOICE;
  return useWorkbench().findings.value.filter(
    (one) =>
      one.stepName === step.stepName && (one.field === field || (field === places[0] && !places.includes(one.field))),
  );
}

/** What turns out to be wrong while the shopper is at this field is seen, also on a phone, where little is. */
function useComesIntoSight(something: boolean) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const isHere = list.current?.closest(".field")?.contains(document.activeElement);
    if (something && isHere) list.current?.scrollIntoView?.({ block: "nearest" });
  }, [something]);
  return list;
}

interface GroupProps {
  step: Step;
  field: string;
  legend: string;
  /** True for the group that stands for the whole step: it carries the step's help. */
  main?: boolean;
  /** Said below the legend where the step has no help of its own. */
  hint?: string | undefined;
  findings: JudgedFinding[];
  children: ComponentChildren;
}

/** A set of controls with its legend. */
export function Group({ step, field, legend, main, hint, findings, children }: GroupProps) {
  const ids = fieldIds(step, field);
  return (
    <fieldset class={main ? "field main" : "field"} aria-describedby={`${ids.help} ${ids.findings}`}>
      <legend>
        <Title text={legend} optional={Boolean(main && isOptional(step))} />
      </legend>
      <Help id={ids.help} text={(main && step.helpText) || hint} />
      {children}
      <FindingList id={ids.findings} findings={findings} />
    </fieldset>
  );
}

/** Whether a step is worth calling optional. */
export function isOptional({ type, mandatory }: Step): boolean {
  return !mandatory && MAY_BE_EMPTY.includes(type);
}

export function Title({ text, optional }: { text: string; optional: boolean }) {
  return (
    <>
      <bdi>{text}</bdi>
      {optional && <span class="optional"> ({words.optional})</span>}
    </>
  );
}

export function Help({ id, text }: { id: string; text: string | undefined }) {
  return (
    <p id={id} class="help">
      {text && <bdi>{text}</bdi>}
    </p>
  );
}

/** Stands in the page even when empty, so that what points to it always finds it. */
export function FindingList({ id, findings }: { id: string; findings: JudgedFinding[] }) {
  return (
    <div id={id} class="findings" ref={useComesIntoSight(findings.length > 0)}>
      {findings.map((finding) => (
        <FindingNote key={finding.code} level={finding.level}>
          {findingText(finding)}
        </FindingNote>
      ))}
    </div>
  );
}

/** What is wrong, or worth a look, with its sign. */
export function FindingNote({ level, children }: Pick<JudgedFinding, "level"> & { children: ComponentChildren }) {
  return (
    <p class={`finding ${level}`}>
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <path
          d="M10 1.5A8.5 8.5 0 1 0 10 18.5A8.5 8.5 0 1 0 10 1.5ZM9 5H11V11.5H9ZM9 13H11V15H9Z"
          fill="currentColor"
          fill-rule="evenodd"
        />
      </svg>
      <span>{children}</span>
    </p>
  );
}
