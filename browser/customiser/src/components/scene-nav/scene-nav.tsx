/** The list of scenes: where the shopper is, what comes, what needs attention. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { digits } from "../../money.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Icon } from "../icon/icon.tsx";
import "./scene-nav.css";

/** As much of the row as a press on an arrow moves it on: something of what was seen stays. */
const PAGE = 0.75;

export function SceneNav() {
  const { session, place, findings } = useWorkbench();
  const scenes = session.editor.scenes.value;
  const troubled = new Set(findings.value.flatMap(({ stepName, level }) => (level === "block" ? stepName : [])));
  const { row, before, after, look, move } = useRow(`${scenes.length} ${place.value} ${[...troubled].join()}`);
  return (
    <nav class="scene-nav" aria-label={words.steps}>
      <ol ref={row} onScroll={look}>
        {scenes.map(({ name, steps }, index) => (
          <SceneLink
            key={name}
            index={index}
            name={name}
            number={index + 1}
            current={place.value === index}
            troubled={steps.some(({ step }) => troubled.has(step.stepName))}
          />
        ))}
        <SceneLink index={scenes.length} name={words.summary} current={place.value === scenes.length} />
      </ol>
      {before.value && <Arrow side="before" press={() => move(-1)} />}
      {after.value && <Arrow side="after" press={() => move(1)} />}
    </nav>
  );
}

/** For hands and eyes only: by key, and when read, the row comes by itself. */
function Arrow({ side, press }: { side: "before" | "after"; press: () => void }) {
  return (
    <button type="button" class={`scene-more ${side}`} tabIndex={-1} aria-hidden="true" onClick={press}>
      <Icon name={side === "before" ? "left" : "right"} size={18} />
    </button>
  );
}

/** A row that scrolls: whether it goes on before and after what is seen, in either direction of writing. */
function useRow(shown: string) {
  const row = useRef<HTMLOListElement>(null);
  const before = useSignal(false);
  const after = useSignal(false);
  const look = (): void => {
    if (!row.current) return;
    const { scrollLeft, scrollWidth, clientWidth } = row.current;
    const passed = Math.abs(scrollLeft);
    before.value = passed > 1;
    after.value = scrollWidth - clientWidth - passed > 1;
  };
  const move = (by: number): void => {
    const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
    row.current?.scrollBy({ left: by * rtl * PAGE * row.current.clientWidth });
  };
  // What is current or needs attention is wider: it has its number.
  useEffect(look, [shown]);
  useEffect(() => {
    addEventListener("resize", look);
    return () => removeEventListener("resize", look);
  }, []);
  return { row, before, after, look, move };
}

interface SceneLinkProps {
  index: number;
  name: string;
  number?: number;
  current: boolean;
  troubled?: boolean;
}

function SceneLink({ index, name, number, current, troubled }: SceneLinkProps) {
  const { go } = useWorkbench();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView?.({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <li ref={item}>
      <button
        type="button"
        class={troubled ? "scene-link troubled" : "scene-link"}
        aria-current={current ? "step" : undefined}
        onClick={() => go(index)}
      >
        {number && <span class="scene-number">{digits(number)}</span>} <bdi>{name}</bdi>
        {troubled && <span class="hidden"> ({words.needsAttention})</span>}
      </button>
    </li>
  );
}
