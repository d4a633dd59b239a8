/** A file input that looks like a button. */

import { acceptAttribute } from "../../file-kinds.ts";

export interface PickerProps {
  name: string;
  taken: readonly string[];
  add: (file: File | undefined) => void;
}

/** A file input that looks like a button. */
export function FileButton({ name, taken, add, look, text }: PickerProps & { look: string; text: string }) {
  return (
    <label class={`${look} file-button`}>
      <input
        type="file"
        class="hidden"
        id={`${name}-upload`}
        aria-describedby={`${name}-upload-help ${name}-upload-findings`}
        accept={acceptAttribute(taken)}
        onChange={(event) => {
          add(event.currentTarget.files?.[0]);
          // The same file may be chosen again.
          event.currentTarget.value = "";
        }}
      />
      {text}
    </label>
  );
}
