/** Undo and redo, as buttons and with the keys everybody knows. */

import { useEffect } from "preact/hooks";
import { words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import { IconButton } from "../icon/icon.tsx";
import "./history-buttons.css";

export function HistoryButtons() {
  const workbench = useWorkbench();
  const { canUndo, canRedo } = workbench.session.editor;
  useHistoryKeys(workbench);
  return (
    <div class="history-buttons">
      <IconButton name="undo" label={words.undo} disabled={!canUndo.value} press={workbench.undo} />
      <IconButton name="redo" label={words.redo} disabled={!canRedo.value} press={workbench.redo} />
    </div>
  );
}

/** In fields, too: what a browser remembers of one field alone is no longer true after another was undone. */
function useHistoryKeys({ undo, redo }: Workbench): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const action = wanted(event);
      if (!action) return;
      event.preventDefault();
      if (action === "undo") undo();
      else redo();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [undo, redo]);
}

function wanted({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): "undo" | "redo" | undefined {
  if (altKey || !(ctrlKey || metaKey)) return undefined;
  const letter = key.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" && !shiftKey ? "redo" : undefined;
}
