/** What every field of a step has around its control: label, help, and what is wrong with it. */

import type { ComponentChildren } from "preact";
import type { Finding, Step } from "../../composing.ts";
import { findingText, words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import "./field.css";

/** Ids that tie a control to its help and findings; one set a field, unique in the page. */
export function fieldIds(step: Step, field: string) {
  const id = `${step.stepName}-${field}`;
  return { control: id, help: `${id}-help`, findings: `${id}-findings` };
}

/** The findings of one field; what concerns no field of its own shows at `ownField`. */
export function useFindings(step: Step, field: string, ownField: string): Finding[] {
  const shown = step.type === "Text" ? ["text", "variantId", "colorVariantId", "color", "strokeVariantId"] : [ownField];
  return useWorkbench().findings.value.filter(
    (one) =>
      one.stepName === step.stepName && (one.field === field || (field === ownField && !shown.includes(one.field))),
  );
}

interface GroupProps {
  step: Step;
  field: string;
  legend: string;
  /** True for the group that stands for the whole step: it carries the step's help. */
  main?: boolean;
  findings: Finding[];
  children: ComponentChildren;
}

/** A set of radio buttons with its legend. */
export function Group({ step, field, legend, main, findings, children }: GroupProps) {
  const ids = fieldIds(step, field);
  return (
    <fieldset class={main ? "field main" : "field"} aria-describedby={`${ids.help} ${ids.findings}`}>
      <legend>
        <Title text={legend} optional={Boolean(main && !step.mandatory && step.type === "Text")} />
      </legend>
      <Help id={ids.help} text={main ? step.helpText : undefined} />
      {children}
      <FindingList id={ids.findings} findings={findings} />
    </fieldset>
  );
}

export function Title({ text, optional }: { text: string; optional: boolean }) {
  return (
    <>
      {text}
      {optional && <span class="optional"> ({words.optional})</span>}
    </>
  );
}

export function Help({ id, text }: { id: string; text: string | undefined }) {
  return (
    <p id={id} class="help">
      {text}
    </p>
  );
}

/** Stands in the page even when empty, so that what points to it always finds it. */
export function FindingList({ id, findings }: { id: string; findings: Finding[] }) {
  return (
    <div id={id} class="findings">
      {findings.map((finding) => (
        <p key={finding.code} class="finding">
          <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
            <path
              d="M10 1.5A8.5 8.5 0 1 0 10 18.5A8.5 8.5 0 1 0 10 1.5ZM9 5H11V11.5H9ZM9 13H11V15H9Z"
              fill="currentColor"
              fill-rule="evenodd"
            />
          </svg>
          <span>{findingText(finding)}</span>
        </p>
      ))}
    </div>
  );
}
