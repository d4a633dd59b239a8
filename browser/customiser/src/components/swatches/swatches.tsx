/** Colours with their names as a group of radio buttons, and a picker as the last of them. */

import type { Variant } from "../../composing.ts";
import { words } from "../../words.ts";
import { PriceTag } from "../field/price-tag.tsx";
import "./swatches.css";

export interface Picker {
  /** The picked colour; undefined while a swatch is selected. */
  picked: string | undefined;
  start: string;
  pick: (color: string) => void;
  variant?: Variant;
}

interface SwatchesProps {
  name: string;
  variants: readonly Variant[];
  selected: string | undefined;
  choose: (variantId: string) => void;
  picker?: Picker | undefined;
}

export function Swatches({ name, variants, selected, choose, picker }: SwatchesProps) {
  return (
    <div class="swatches">
      {variants.map((variant) => (
        <label key={variant.id} class="swatch">
          <input
            type="radio"
            class="hidden"
            name={name}
            checked={variant.id === selected}
            onChange={() => choose(variant.id)}
          />
          <Dot color={variant.color} empty="none" />
          <span class="swatch-name">
            <bdi>{variant.name}</bdi>
          </span>
          <PriceTag subunits={variant.priceModifier} />
        </label>
      ))}
      {picker && <PickerSwatch name={name} picker={picker} alone={variants.length === 0} />}
    </div>
  );
}

interface DotProps {
  color: string | null | undefined;
  /** How it looks without a colour: crossed out, or all colours at once. */
  empty: "none" | "any";
}

export function Dot({ color, empty }: DotProps) {
  return <span class={color ? "dot" : `dot ${empty}`} style={color ? { background: color } : {}} aria-hidden="true" />;
}

function PickerSwatch({ name, picker, alone }: { name: string; picker: Picker; alone: boolean }) {
  const { picked, start, pick, variant } = picker;
  const label = variant?.name ?? words.ownColour;
  const current = picked || start;
  return (
    <div class="swatch-picker">
      {!alone && (
        <label class="swatch">
          <input
            type="radio"
            class="hidden"
            name={name}
            checked={picked !== undefined}
            onChange={() => pick(current)}
          />
          <Dot color={picked} empty="any" />
          <span class="swatch-name">{label}</span>
          <PriceTag subunits={variant?.priceModifier} />
        </label>
      )}
      {(alone || picked !== undefined) && (
        <label class="colour-input">
          <span>{words.pickColour}</span>
          <input type="color" value={current} onInput={(event) => pick(event.currentTarget.value)} />
        </label>
      )}
    </div>
  );
}
