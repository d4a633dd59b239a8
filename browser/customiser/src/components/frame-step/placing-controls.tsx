/** Everything the pad can do, as labelled sliders and buttons. */

import { digits } from "../../money.ts";
import { bounded, LEAST_ZOOM, type Motion, movedBy, wholeZoom } from "../../placement.ts";
import { words } from "../../words.ts";
import { IconButton, type IconName } from "../icon/icon.tsx";
import type { PlacingParts } from "./placing-parts.ts";

interface PlacingControlsProps {
  name: string;
  parts: PlacingParts;
  /** Undefined where nothing was placed. */
  reset: (() => void) | undefined;
}

const MOST_SHOWN = 4;
const NUDGE = 0.02;

export function PlacingControls({ name, parts, reset }: PlacingControlsProps) {
  const { framing, placed, now } = parts;
  const least = framing.covers ? 1 : Math.max(LEAST_ZOOM, Math.min(wholeZoom(framing), 1) / 2);
  return (
    <div class="placing-controls">
      <Slider
        id={`${name}-zoom`}
        label={words.size}
        shown={`${digits(Math.round(placed.zoom * 100))} %`}
        range={[Math.log(least), Math.log(Math.max(MOST_SHOWN, placed.zoom))]}
        step={0.01}
        value={Math.log(placed.zoom)}
        change={(value) => move(parts, { scale: Math.exp(value) / now().zoom })}
        less={["minus", words.smaller, () => move(parts, { scale: 1 / 1.1 })]}
        more={["plus", words.larger, () => move(parts, { scale: 1.1 })]}
      />
      <Slider
        id={`${name}-turn`}
        label={words.turn}
        shown={`${digits(Math.round(placed.rotation))}°`}
        range={[-180, 180]}
        step={1}
        value={placed.rotation}
        dir="ltr"
        change={(rotation) => move(parts, { turn: rotation - now().rotation })}
        less={["turnLeft", words.turnLeft, () => move(parts, { turn: -5 })]}
        more={["turnRight", words.turnRight, () => move(parts, { turn: 5 })]}
      />
      <Ways parts={parts} reset={reset} />
    </div>
  );
}

/** Moves the picture a little, or where it usually should be. */
function Ways({ parts, reset }: Pick<PlacingControlsProps, "parts" | "reset">) {
  const { framing, now, place } = parts;
  const { width, height } = framing.region;
  const put = (zoom: number): void => place(bounded({ ...now(), x: 0, y: 0, zoom }, framing));
  const nudges: [IconName, string, Motion["to"]][] = [
    ["left", words.moveLeft, [-NUDGE * width, 0]],
    ["up", words.moveUp, [0, -NUDGE * height]],
    ["down", words.moveDown, [0, NUDGE * height]],
    ["right", words.moveRight, [NUDGE * width, 0]],
  ];
  return (
    <div class="placing-ways">
      {/* Left is left in every language. */}
      <div class="nudges" dir="ltr">
        {nudges.map(([icon, label, to]) => (
          <IconButton key={icon} name={icon} label={label} size="small" press={() => move(parts, { to })} />
        ))}
      </div>
      <Way text={words.quarterTurn} press={() => move(parts, { turn: 90 })} />
      <Way text={words.fillFrame} press={() => put(1)} />
      {!framing.covers && <Way text={words.showWhole} press={() => put(wholeZoom(framing))} />}
      {reset && <Way text={words.resetPlacing} press={reset} />}
    </div>
  );
}

function Way({ text, press }: { text: string; press: () => void }) {
  return (
    <button type="button" class="button quiet small" onClick={press}>
      {text}
    </button>
  );
}

/** A motion about the middle of the frame. */
function move({ framing, now, place }: PlacingParts, motion: Partial<Motion>): void {
  place(movedBy(now(), { from: [0, 0], to: [0, 0], scale: 1, turn: 0, ...motion }, framing));
}

type Nudge = readonly [icon: IconName, label: string, press: () => void];

interface SliderProps {
  id: string;
  label: string;
  shown: string;
  range: readonly [number, number];
  step: number;
  value: number;
  change: (value: number) => void;
  less: Nudge;
  more: Nudge;
  /** Where left and right mean what they say. */
  dir?: "ltr";
}

function Slider({ id, label, shown, range, step, value, change, less, more, dir }: SliderProps) {
  return (
    <div class="slider">
      <label for={id}>
        {label}{" "}
        <output for={id} dir="ltr">
          {shown}
        </output>
      </label>
      <div class="slider-parts" dir={dir}>
        <IconButton name={less[0]} label={less[1]} size="small" press={less[2]} />
        <input
          id={id}
          type="range"
          min={range[0]}
          max={range[1]}
          step={step}
          value={value}
          aria-valuetext={shown}
          onInput={(event) => change(event.currentTarget.valueAsNumber)}
        />
        <IconButton name={more[0]} label={more[1]} size="small" press={more[2]} />
      </div>
    </div>
  );
}
