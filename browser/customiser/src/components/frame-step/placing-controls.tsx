/** Everything the pad can do, as labelled sliders and buttons. */

import { bounded, LEAST_ZOOM, type Motion, movedBy, type Placed, wholeZoom } from "../../placement.ts";
import { words } from "../../words.ts";
import { IconButton, type IconName } from "../icon/icon.tsx";
import type { PlacingParts } from "./placing.tsx";

interface PlacingControlsProps {
  name: string;
  parts: PlacingParts;
  /** Undefined where nothing was placed. */
  reset: (() => void) | undefined;
}

const MOST_SHOWN = 4;
const NUDGE = 0.02;

export function PlacingControls({ name, parts, reset }: PlacingControlsProps) {
  const { framing, placed, now, place } = parts;
  const put = (change: Partial<Placed>): void => place(bounded({ ...now(), ...change }, framing));
  const move = (motion: Partial<Motion>): void =>
    place(movedBy(now(), { from: [0, 0], to: [0, 0], scale: 1, turn: 0, ...motion }, framing));
  const least = framing.covers ? 1 : Math.max(LEAST_ZOOM, Math.min(wholeZoom(framing), 1) / 2);
  const { width, height } = framing.region;
  const nudges: [IconName, string, Motion["to"]][] = [
    ["left", words.moveLeft, [-NUDGE * width, 0]],
    ["up", words.moveUp, [0, -NUDGE * height]],
    ["down", words.moveDown, [0, NUDGE * height]],
    ["right", words.moveRight, [NUDGE * width, 0]],
  ];
  return (
    <div class="placing-controls">
      <Slider
        id={`${name}-zoom`}
        label={words.size}
        shown={`${Math.round(placed.zoom * 100)} %`}
        range={[Math.log(least), Math.log(Math.max(MOST_SHOWN, placed.zoom))]}
        step={0.01}
        value={Math.log(placed.zoom)}
        change={(value) => move({ scale: Math.exp(value) / now().zoom })}
        less={["minus", words.smaller, () => move({ scale: 1 / 1.1 })]}
        more={["plus", words.larger, () => move({ scale: 1.1 })]}
      />
      <Slider
        id={`${name}-turn`}
        label={words.turn}
        shown={`${Math.round(placed.rotation)}°`}
        range={[-180, 180]}
        step={1}
        value={placed.rotation}
        dir="ltr"
        change={(rotation) => move({ turn: rotation - now().rotation })}
        less={["turnLeft", words.turnLeft, () => move({ turn: -5 })]}
        more={["turnRight", words.turnRight, () => move({ turn: 5 })]}
      />
      <div class="placing-ways">
        {/* Left is left in every language. */}
        <div class="nudges" dir="ltr">
          {nudges.map(([icon, label, to]) => (
            <IconButton key={icon} name={icon} label={label} size="small" press={() => move({ to })} />
          ))}
        </div>
        <button type="button" class="button quiet small" onClick={() => move({ turn: 90 })}>
          {words.quarterTurn}
        </button>
        <button type="button" class="button quiet small" onClick={() => put({ x: 0, y: 0, zoom: 1 })}>
          {words.fillFrame}
        </button>
        {!framing.covers && (
          <button
            type="button"
            class="button quiet small"
            onClick={() => put({ x: 0, y: 0, zoom: wholeZoom(framing) })}
          >
            {words.showWhole}
          </button>
        )}
        {reset && (
          <button type="button" class="button quiet small" onClick={reset}>
            {words.resetPlacing}
          </button>
        )}
      </div>
    </div>
  );
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
