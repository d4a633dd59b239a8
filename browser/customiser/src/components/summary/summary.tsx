/** The last look: every panel, every choice and what it costs, and what keeps the design from being finished. */

import { useEffect, useRef } from "preact/hooks";
import type { JudgedFinding } from "../../composing.ts";
import { type Choice, choices } from "../../summary.ts";
import { findingText, words } from "../../words.ts";
import { goToStep, placeOf, stepTitle, useWorkbench } from "../../workbench.ts";
import { PanelView } from "../preview/panel-view.tsx";
import { panelTitle } from "../preview/preview.tsx";
import "./summary.css";

export function Summary() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div class="summary">
      <h1 ref={heading} tabIndex={-1}>
        {words.summary}
      </h1>
      <p class="lead">{words.summaryLead}</p>
      <Missing />
      <Panels />
      <Rows />
      <Terms />
    </div>
  );
}

function Missing() {
  const findings = useWorkbench().findings.value;
  return (
    <>
      <FindingLinks id="summary-findings" level="block" title={words.beforeFinishing} findings={findings} />
      <FindingLinks id="summary-warnings" level="warn" title={words.worthALook} findings={findings} />
    </>
  );
}

interface FindingLinksProps {
  id: string;
  level: JudgedFinding["level"];
  title: string;
  findings: readonly JudgedFinding[];
}

function FindingLinks({ id, level, title, findings }: FindingLinksProps) {
  const workbench = useWorkbench();
  const { session } = workbench;
  const listed = findings.filter((one) => one.level === level);
  if (listed.length === 0) return null;
  return (
    <div class={`missing ${level}`} id={id} tabIndex={-1}>
      <h2>{title}</h2>
      <ul>
        {listed.map((finding) => (
          <li key={`${finding.stepName} ${finding.code}`}>
            {placeOf(session, finding.stepName) >= 0 ? (
              <button type="button" class="link" onClick={() => goToStep(workbench, finding.stepName)}>
                {stepTitle(session, finding.stepName)}
              </button>
            ) : (
              stepTitle(session, finding.stepName)
            )}
            : {findingText(finding)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Panels() {
  const workbench = useWorkbench();
  const { panels: shown, files } = workbench.session;
  const panels = shown.value;
  // A single panel is in the large preview already.
  if (panels.length < 2) return null;
  return (
    <ul class="summary-panels">
      {panels.map((panel) => (
        <li key={panel.name}>
          <PanelView panel={panel} href={files.href} label={words.previewOf(panelTitle(workbench, panel.name))} />
          <span>{panelTitle(workbench, panel.name)}</span>
        </li>
      ))}
    </ul>
  );
}

function Rows() {
  const { session } = useWorkbench();
  const { editor, price, prices } = session;
  const { baseCost, optionsCost } = price.value;
  return (
    <>
      <h2>{words.yourChoices}</h2>
      <dl class="rows">
        {choices(editor.active.value, session.uploads.all.value, editor.workflow.scenes).map((choice) => (
          <Row key={choice.stepName} choice={choice} />
        ))}
        <div class="row price-row">
          <dt>{words.basePrice}</dt>
          <dd>{prices.amount(baseCost)}</dd>
        </div>
        <div class="row price-row total-row">
          <dt>{words.total}</dt>
          <dd>{prices.amount(baseCost + optionsCost)}</dd>
        </div>
      </dl>
    </>
  );
}

function Terms() {
  const { session, agreed, agreedTo } = useWorkbench();
  const terms = session.terms.value;
  if (!terms) return null;
  return (
    <div class="terms">
      <label>
        <input
          id="terms"
          type="checkbox"
          required
          checked={agreed.value}
          onChange={(event) => {
            agreedTo.value = event.currentTarget.checked ? terms.digest : undefined;
          }}
        />
        <bdi>{terms.text}</bdi>
      </label>
      {terms.link && (
        <a class="link" href={terms.link} target="_blank" rel="noopener noreferrer">
          {words.readTerms} <span class="hidden">{words.opensNewTab}</span>
        </a>
      )}
    </div>
  );
}

function Row({ choice }: { choice: Choice }) {
  const workbench = useWorkbench();
  const { stepName, title, value, priceModifier } = choice;
  return (
    <div class="row">
      <dt>
        <bdi>{title}</bdi>
      </dt>
      <dd>
        <span class="row-value">{value}</span>
        <span class="row-price" dir="auto">
          {workbench.session.prices.surcharge(priceModifier)}
        </span>
        {placeOf(workbench.session, stepName) >= 0 && (
          <button
            type="button"
            class="link"
            aria-label={words.change(title)}
            onClick={() => goToStep(workbench, stepName)}
          >
            {words.changeShort}
          </button>
        )}
      </dd>
    </div>
  );
}
