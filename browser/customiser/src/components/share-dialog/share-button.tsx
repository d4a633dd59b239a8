/** Opens the dialog with the links of a design; the dialog itself is fetched when it is first wanted. */

import { useSignal } from "@preact/signals";
import type { FunctionComponent } from "preact";
import { words } from "../../words.ts";
import { IconButton } from "../icon/icon.tsx";
import type { ShareDialogProps } from "./share-dialog.tsx";

export function ShareButton() {
  const dialog = useSignal<FunctionComponent<ShareDialogProps> | undefined>(undefined);
  const open = useSignal(false);
  const press = async (): Promise<void> => {
    dialog.value ??= (await import("./share-dialog.tsx")).ShareDialog;
    open.value = true;
  };
  const Dialog = dialog.value;
  return (
    <div class="share-button">
      {/* Without the network there is no dialog yet, and there could be no link in it. */}
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
