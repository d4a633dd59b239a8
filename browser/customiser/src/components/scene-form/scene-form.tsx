/** The steps of one scene, each as plain labelled HTML. */

import { useEffect, useRef } from "preact/hooks";
import type { ActiveStep } from "../../composing.ts";
import { panelOf, type VisibleScene } from "../../scenes.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { ChoiceStep } from "../choice-step/choice-step.tsx";
import { ShapeStep } from "../choice-step/shape-step.tsx";
import { TextStepForm } from "../text-step/text-step.tsx";
import "./scene-form.css";

export function SceneForm({ scene }: { scene: VisibleScene }) {
  const { session, place, moved, close } = useWorkbench();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (moved() || close) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <form class="scene-form" onSubmit={(event) => event.preventDefault()}>
      <p class="eyebrow">{words.stepNumber(place.value + 1, session.editor.scenes.value.length)}</p>
      <h1 ref={heading} tabIndex={-1}>
        {scene.name}
      </h1>
      {scene.steps.map((active) => (
        <StepSection key={active.step.stepName} active={active} />
      ))}
    </form>
  );
}

function StepSection({ active }: { active: ActiveStep }) {
  const { focusStep, lookAt } = useWorkbench();
  const section = useRef<HTMLElement>(null);
  const wanted = focusStep.value === active.step.stepName;
  useEffect(() => {
    if (!wanted) return;
    focusStep.value = undefined;
    section.current?.querySelector<HTMLElement>("textarea, input")?.focus();
  }, [wanted]);
  return (
    // What is being changed is what is seen.
    <section class="step" ref={section} onFocusIn={() => (lookAt.value = panelOf(active) ?? lookAt.value)}>
      <StepForm active={active} />
    </section>
  );
}

function StepForm({ active }: { active: ActiveStep }) {
  switch (active.step.type) {
    case "Text":
      return <TextStepForm active={active} step={active.step} />;
    case "Shape":
      return <ShapeStep active={active} />;
    case "Picture":
      return <ChoiceStep active={active} look="pictures" />;
    case "Question":
      return <ChoiceStep active={active} look="rows" />;
  }
}
