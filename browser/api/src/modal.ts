/** The modal around a frame: over everything, the focus inside, the page behind it out of reach and still. */

/** Where a frame was put. */
export interface Place {
  remove: () => void;
  takeOver: () => void;
}

interface ModalOptions {
  title: string;
  onCloseRequest: () => void;
}

/** Room around the frame: none on a phone, some on a wide screen. */
const ROOM = "clamp(0px,calc((100vw - 900px)*.1),32px)";
/** Before everything else: a page's own style for all its dialogs and frames is not meant for this one. */
export const NO_STYLE = "all:initial;";
const DIALOG_STYLE = `${NO_STYLE}display:block;position:fixed;inset:0;width:100%;height:100%;max-width:none;max-height:none;margin:0;border:0;padding:${ROOM};box-sizing:border-box;background:rgba(24,24,32,.6);overflow:hidden`;
const BUTTON_STYLE = `position:absolute;top:calc(${ROOM} + 8px);right:calc(${ROOM} + 8px);width:44px;height:44px;border:0;border-radius:22px;background:#fff;color:#222;font:24px/1 system-ui;cursor:pointer`;

/** Shows a native dialog: the browser keeps the focus in it and gives it back afterwards where it can. */
export function showModal(frame: HTMLIFrameElement, { title, onCloseRequest }: ModalOptions): Place {
  const returnTo = document.activeElement;
  const unlock = lockScrolling();
  const dialog = dialogElement(title);
  const button = closeButton(onCloseRequest);
  frame.style.borderRadius = `calc(${ROOM}/2)`;
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    onCloseRequest();
  });
  // Browsers close a dialog in spite of preventDefault when Escape is pressed twice.
  dialog.addEventListener("close", onCloseRequest);
  dialog.append(frame, button);
  document.body.append(dialog);
  dialog.showModal();
  return {
    takeOver: () => {
      button.remove();
      frame.focus();
    },
    remove: () => {
      dialog.removeEventListener("close", onCloseRequest);
      dialog.remove();
      unlock();
      if (returnTo instanceof HTMLElement) returnTo.focus();
    },
  };
}

function dialogElement(title: string): HTMLDialogElement {
  const dialog = document.createElement("dialog");
  const attributes = { role: "dialog", "aria-modal": "true", "aria-label": title };
  for (const [name, value] of Object.entries(attributes)) dialog.setAttribute(name, value);
  dialog.style.cssText = DIALOG_STYLE;
  return dialog;
}

/** The way out while the frame is still silent; a phone has no Escape key. */
function closeButton(onClick: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", "Close");
  button.style.cssText = BUTTON_STYLE;
  button.addEventListener("click", onClick);
  return button;
}

function lockScrolling(): () => void {
  const { style } = document.documentElement;
  const before = style.overflow;
  style.overflow = "hidden";
  return () => {
    style.overflow = before;
  };
}
