/** The list of scenes: where the shopper is, what comes, what needs attention. */

import { useEffect, useRef } from "preact/hooks";
import { digits } from "../../money.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import "./scene-nav.css";

export function SceneNav() {
  const { session, place, findings } = useWorkbench();
  const scenes = session.editor.scenes.value;
  const troubled = new Set(findings.value.flatMap(({ stepName, level }) => (level === "block" ? stepName : [])));
  return (
    <nav class="scene-nav" aria-label={words.steps}>
      <ol>
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
    </nav>
  );
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
    if (current) item.current?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
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
