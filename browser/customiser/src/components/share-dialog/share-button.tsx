/** Opens the dialog with the links of a design; the dialog itself is fetched while the shopper looks at the first step. */

import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { useEffect } from "preact/hooks";
import { words } from "../../words.ts";
import { IconButton } from "../icon/icon.tsx";
import type { ShareDialogProps } from "./share-dialog.tsx";

export function ShareButton() {
  const dialog = useSignal<FunctionComponent<ShareDialogProps> | undefined>(undefined);
  const open = useSignal(false);
  const fetchDialog = async (): Promise<void> => {
    dialog.value ??= (await import("./share-dialog.tsx")).ShareDialog;
  };
  // Before it is wanted: once the network is away, only the dialog itself can say that it is.
  useEffect(() => void fetchDialog().catch(() => undefined), []);
  const press = async (): Promise<void> => {
    await fetchDialog();
    open.value = true;
  };
  const Dialog = dialog.value;
  return (
    <div class="share-button">
      <IconButton name="share" label={words.saveAndShare} press={() => void press().catch(() => undefined)} />
      {open.value && Dialog && (
        <Dialog
          close={() => {
            open.value = false;
          }}
        />
      )}
    </div>
  );
}
