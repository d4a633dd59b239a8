/** The colours of a drawing: first which one, then another for it. */

import { type Signal, useSignal } from "@preact/signals";
import { type Drawing, findOption, type Variant } from "../../composing.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { FindingList, fieldIds, useFindings } from "../field/field.tsx";
import { Dot, Swatches } from "../swatches/swatches.tsx";
import type { IllustrationStepProps } from "./illustration-step-props.ts";
import "./slot-colours.css";

type Slot = Drawing["slots"][number];

interface SlotColoursProps extends IllustrationStepProps {
  slots: readonly Slot[];
}

export function SlotColours({ active, step, slots }: SlotColoursProps) {
  const { editor } = useWorkbench().session;
  const current = useSignal(slots[0]?.id ?? "");
  const findings = useFindings(step, "colors");
  const variants = findOption(editor.workflow, step.colorOption)?.variants ?? [];
  const colors = active.answer.colors ?? {};
  const slot = slots.find(({ id }) => id === current.value);
  if (!slot) return null;
  const paint = (color: string): void => editor.change(step.stepName, { colors: { ...colors, [slot.id]: color } });
  const given = colors[slot.id];
  const titles = active.variants[0]?.slots ?? {};
  const picked = given?.startsWith("#") ? given : undefined;
  return (
    <fieldset class="field slot-colours" aria-describedby={fieldIds(step, "colors").findings}>
      <legend>{words.colours}</legend>
      <Slots
        name={`${step.stepName}-slot`}
        slots={slots}
        current={current}
        titles={titles}
        shown={(one) => shownColor(one, colors[one.id], variants)}
      />
      <fieldset class="slot-choice">
        <legend class="hidden">{slotName(slot, slots.indexOf(slot), titles)}</legend>
        <Swatches
          name={`${step.stepName}-slot-color`}
          variants={variants}
          selected={given ?? variantOf(slot.color, variants)}
          choose={paint}
          picker={step.colorPickerEnabled ? { picked, start: slot.color, pick: paint } : undefined}
        />
      </fieldset>
      {Object.keys(colors).length > 0 && (
        <button type="button" class="link" onClick={() => editor.change(step.stepName, { colors: undefined })}>
          {words.resetColours}
        </button>
      )}
      <FindingList id={fieldIds(step, "colors").findings} findings={findings} />
    </fieldset>
  );
}

interface SlotsProps {
  name: string;
  slots: readonly Slot[];
  current: Signal<string>;
  titles: Variant["slots"];
  shown: (slot: Slot) => string;
}

function Slots({ name, slots, current, titles, shown }: SlotsProps) {
  return (
    <div class="slots">
      {slots.map((slot, index) => (
        <label key={slot.id} class="slot">
          <input
            type="radio"
            class="hidden"
            name={name}
            checked={slot.id === current.value}
            onChange={() => {
              current.value = slot.id;
            }}
          />
          <Dot color={shown(slot)} empty="none" />
          <span class="hidden">{words.colourToChange}: </span>
          <span>{slotName(slot, index, titles)}</span>
        </label>
      ))}
    </div>
  );
}

/** The slot's colour as it is now. */
function shownColor({ color }: Slot, given: string | undefined, variants: readonly Variant[]): string {
  if (given === undefined) return color;
  return given.startsWith("#") ? given : (variants.find(({ id }) => id === given)?.color ?? color);
}

function variantOf(color: string, variants: readonly Variant[]): string | undefined {
  return variants.find((one) => one.color?.toLowerCase() === color)?.id;
}

/** What the merchant calls the slot, in the catalogue or in the drawing; else a number. */
function slotName({ id }: Slot, index: number, titles: Variant["slots"] = {}): string {
  const title = titles[id];
  if (title) return title;
  const own = id.replace(/^spiff-fill-?/, "").replace(/[-_]+/g, " ");
  return /[a-z]/i.test(own) ? own : words.colourNumber(index + 1);
}
