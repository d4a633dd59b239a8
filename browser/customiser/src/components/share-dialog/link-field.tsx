/** An address to copy, or to hand to another program where the browser can. */

import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { words } from "../../words.ts";

interface LinkFieldProps {
  address: string;
  title: string;
  /** What is said of what was done. */
  said: Signal<string>;
}

export function LinkField({ address, title, said }: LinkFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), [address]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(address);
      said.value = words.copied;
    } catch {
      // Not every frame may write the clipboard: what is selected can be copied by hand.
      field.current?.select();
      said.value = words.copyByHand;
    }
  };
  const share = (): void => {
    // Refused by the frame, or given up by the shopper: the address is still there to copy.
    navigator.share({ title, url: address }).catch(() => field.current?.select());
  };
  return (
    <div class="link-field">
      <input ref={field} type="text" readOnly dir="ltr" aria-label={title} value={address} />
      <button type="button" class="button primary" onClick={() => void copy()}>
        {words.copyLink}
      </button>
      {"share" in navigator && (
        <button type="button" class="button quiet" onClick={share}>
          {words.sendLink}
        </button>
      )}
    </div>
  );
}
