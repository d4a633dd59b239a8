/** Files that are dropped beside their place: the browser would leave the design and open them. */

/** From now on a page takes only files that something in it has taken already. */
export function refuseStrayFiles(page: EventTarget): void {
  for (const type of ["dragover", "drop"]) page.addEventListener(type, (event) => refuse(event as DragEvent));
}

function refuse(event: DragEvent): void {
  if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "none";
}
