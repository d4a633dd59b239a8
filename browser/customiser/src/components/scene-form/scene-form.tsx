/** The steps of one scene, each as plain labelled HTML. */

import { useEffect, useRef } from "preact/hooks";
import type { ActiveStep } from "../../composing.ts";
import { panelOf, type VisibleScene } from "../../scenes.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { StepForm } from "../step-form/step-form.tsx";
import "./scene-form.css";

export function SceneForm({ scene }: { scene: VisibleScene }) {
  const { session, place, moved, close, focusStep } = useWorkbench();
  const heading = useRef<HTMLHeadingElement>(null);
  // Who comes for a step is led to it, past the heading. By the time of the effect the step has taken its name back.
  const led = useRef(focusStep.peek() !== undefined);
  useEffect(() => {
    if (!led.current && (moved() || close)) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <form class="scene-form" onSubmit={(event) => event.preventDefault()}>
      <div class="scene-head">
        <p class="eyebrow">{words.stepNumber(place.value + 1, session.editor.scenes.value.length)}</p>
        <h1 ref={heading} tabIndex={-1}>
          <bdi>{scene.name}</bdi>
        </h1>
      </div>
      {scene.steps.map((active) => (
        <StepSection key={active.step.stepName} active={active} alone={isAlone(scene, active)} />
      ))}
    </form>
  );
}

const CONTROLS = "textarea, input, button";

/** Whether a scene is a single step of the same name, which need not be read twice. */
function isAlone({ name, steps }: VisibleScene, { step }: ActiveStep): boolean {
  return steps.length === 1 && step.stepTitle === name;
}

function StepSection({ active, alone }: { active: ActiveStep; alone: boolean }) {
  const { focusStep, lookAt, attention } = useWorkbench();
  const section = useRef<HTMLElement>(null);
  const { stepName } = active.step;
  const wanted = focusStep.value === stepName;
  useEffect(() => {
    if (!wanted) return;
    focusStep.value = undefined;
    (section.current?.querySelector<HTMLElement>(CONTROLS) ?? section.current)?.focus();
    // What is wrong stands below the control, on a phone often below what is seen.
    section.current?.querySelector(".finding")?.scrollIntoView?.({ block: "nearest" });
  }, [wanted]);
  return (
    <section
      class={alone ? "step alone" : "step"}
      ref={section}
      tabIndex={-1}
      // What is being changed is what is seen.
      onFocusIn={() => {
        lookAt.value = panelOf(active) ?? lookAt.value;
        attention.value = stepName;
      }}
      onFocusOut={() => {
        attention.value = undefined;
      }}
    >
      <StepForm active={active} />
    </section>
  );
}
