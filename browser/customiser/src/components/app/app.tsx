/** Shows the screen the customiser is at. */

import { useSignalEffect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Opening } from "../../opening.ts";
import type { Reached } from "../../reach.ts";
import type { Session } from "../../session.ts";
import { words } from "../../words.ts";
import { createWorkbench, WorkbenchProvider } from "../../workbench.ts";
import { EditorView } from "../editor-view/editor-view.tsx";
import { ChooseScreen, DoneScreen, LoadingScreen, ProblemScreen } from "../screen/screen.tsx";
import { fetchForms } from "../step-form/step-form.tsx";

export interface AppProps {
  opening: Opening;
  embedded: boolean;
  /** False when nobody would hear that the shopper wants to close. */
  closable: boolean;
  /** Hears which steps the shopper comes to. */
  reached?: Reached;
}

export function App({ opening, embedded, closable, reached }: AppProps) {
  const screen = opening.screen.value;
  const close = closable && !embedded ? () => void opening.close() : undefined;
  switch (screen.kind) {
    case "loading":
      return <LoadingScreen text={words.loading} />;
    case "problem":
      return <ProblemScreen {...screen} close={close} />;
    case "choose":
      return <ChooseScreen {...screen} close={close} />;
    case "done":
      return <DoneScreen {...screen} handedOver={closable} />;
    case "editing":
      return (
        <Editing key={screen.session} session={screen.session} opening={opening} close={close} reached={reached} />
      );
  }
}

interface EditingProps {
  session: Session;
  opening: Opening;
  close: (() => void) | undefined;
  reached: Reached | undefined;
}

function Editing({ session, opening, close, reached }: EditingProps) {
  const { startOver, finish } = opening;
  const workbench = useMemo(() => createWorkbench(session, { close, startOver, finish }), [session]);
  useEffect(() => fetchForms(session.editor.workflow), [session]);
  useSignalEffect(() => {
    const { product, version } = session;
    const steps = workbench.scene.value?.steps.map(({ step }) => step.stepName) ?? [];
    reached?.({ integrationProductId: product.id, workflowId: version.id, workflowVersion: version.version }, steps);
  });
  return (
    <WorkbenchProvider value={workbench}>
      <EditorView />
    </WorkbenchProvider>
  );
}
