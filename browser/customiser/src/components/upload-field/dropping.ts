/** A place that takes a file that is dropped on it. */

import { useSignal } from "@preact/signals";

/** What makes an element such a place; it is `over` while something is held above it. */
export function useDropping(add: (file: File | undefined) => void) {
  const over = useSignal(false);
  return {
    over: over.value,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      over.value = true;
    },
    onDragLeave: ({ currentTarget, relatedTarget }: DragEvent) => {
      over.value = (currentTarget as Node).contains(relatedTarget as Node | null);
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      over.value = false;
      add(event.dataTransfer?.files[0]);
    },
  };
}
