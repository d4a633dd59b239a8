/** The main screen: preview at one side, steps at the other; below each other on a phone. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Product } from "../../guards.ts";
import { words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import { ActionBar } from "../action-bar/action-bar.tsx";
import { HistoryButtons } from "../history-buttons/history-buttons.tsx";
import { LiveRegion } from "../live-region/live-region.tsx";
import { NoticeBar } from "../notice/notice.tsx";
import { Preview } from "../preview/preview.tsx";
import { SceneForm } from "../scene-form/scene-form.tsx";
import { SceneNav } from "../scene-nav/scene-nav.tsx";
import { ShareButton } from "../share-dialog/share-button.tsx";
import { Summary } from "../summary/summary.tsx";
import { TopBar } from "../top-bar/top-bar.tsx";
import "./editor-view.css";

export function EditorView() {
  const workbench = useWorkbench();
  const scroll = useStartAtTop(workbench);
  useCloseOnEscape(workbench);
  const { session, scene, close } = workbench;
  return (
    <div class="editor">
      <TopBar title={session.product.name} logo={logoOf(session.product)} close={close}>
        <SaveNote />
        <HistoryButtons />
        <ShareButton />
      </TopBar>
      <main class="editor-main">
        <Preview />
        <section class="panel" aria-label={words.steps}>
          <SceneNav />
          <div class="panel-scroll" ref={scroll}>
            <NoticeBar />
            {scene.value ? <SceneForm key={scene.value.name} scene={scene.value} /> : <Summary />}
          </div>
          <ActionBar />
        </section>
      </main>
      <LiveRegion />
    </div>
  );
}

function logoOf({ theme, integration }: Product) {
  return theme?.logoUrl ? { href: theme.logoUrl, name: integration?.name ?? "" } : undefined;
}

function SaveNote() {
  const { autosave, unkept } = useWorkbench().session;
  const state = autosave.state.value;
  return (
    <p class={`save-note ${state}`} role="status">
      {state === "away" && unkept.value ? words.awayUnkept : words[state]}
    </p>
  );
}

/** Each scene is read from its beginning, wherever the one before it was left. */
function useStartAtTop({ place }: Workbench) {
  const scroll = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollTop = 0;
  }, [place.value]);
  return scroll;
}

function useCloseOnEscape({ close }: Workbench): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) close?.();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [close]);
}
