/** The form of a step by its type. What only some products need is fetched when one does. */

import { type Signal, signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { ActiveStep, Workflow } from "../../composing.ts";
import { words } from "../../words.ts";
import { ChoiceStep } from "../choice-step/choice-step.tsx";
import { ShapeStep } from "../choice-step/shape-step.tsx";
import { InformationStep } from "../information-step/information-step.tsx";
import { TextStepForm } from "../text-step/text-step.tsx";

const LATER = {
  Frame: later(async () => (await import("../frame-step/frame-step.tsx")).FrameStep),
  Illustration: later(async () => (await import("../illustration-step/illustration-step.tsx")).IllustrationStep),
  Patchwork: later(async () => (await import("../patchwork-step/patchwork-step.tsx")).PatchworkStep),
  Module: later(async () => (await import("../module-step/module-step.tsx")).ModuleStep),
  DigitalContent: later(
    async () => (await import("../digital-content-step/digital-content-step.tsx")).DigitalContentStep,
  ),
};

export function StepForm({ active }: { active: ActiveStep }) {
  const { step } = active;
  switch (step.type) {
    case "Text":
      return <TextStepForm active={active} step={step} />;
    case "Shape":
      return <ShapeStep active={active} />;
    case "Picture":
    case "Question":
    case "Material":
    case "Model":
      return <ChoiceStep active={active} />;
    case "Information":
      return <InformationStep step={step} />;
    case "Frame":
      return <LATER.Frame.Form active={active} step={step} />;
    case "Illustration":
      return <LATER.Illustration.Form active={active} step={step} />;
    case "Patchwork":
      return <LATER.Patchwork.Form active={active} />;
    case "Module":
      return <LATER.Module.Form active={active} step={step} />;
    case "DigitalContent":
      return <LATER.DigitalContent.Form active={active} step={step} />;
    case "SilentIllustration":
    case "ProductOverlay":
      return null;
  }
}

/** Fetches what the steps of a workflow will need, before the shopper comes to them. */
export function fetchForms({ steps }: Workflow): void {
  const types = new Set<string>(steps.map(({ type }) => type));
  for (const [type, { fetch }] of Object.entries(LATER)) if (types.has(type)) fetch();
}

interface Later<Props> {
  fetch: () => void;
  Form: ComponentType<Props>;
}

function later<Props extends object>(load: () => Promise<ComponentType<Props>>): Later<Props> {
  const found: Signal<ComponentType<Props> | undefined> = signal(undefined);
  let asked = false;
  const fetch = (): void => {
    if (asked) return;
    asked = true;
    load().then(
      (form) => {
        found.value = form;
      },
      // What could not be fetched is asked for again when it is needed again.
      () => {
        asked = false;
      },
    );
  };
  const Form = (props: Props) => {
    const Found = found.value;
    if (Found) return <Found {...props} />;
    fetch();
    return <p class="help">{words.loading}</p>;
  };
  return { fetch, Form };
}
