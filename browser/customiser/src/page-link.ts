/** The frame's end of the conversation with the shop's page. It speaks to one origin only, and hears only its parent. */

import { type DesignResult, type FrameMessage, isPageMessage, PROTOCOL_VERSION } from "@spiff/protocol";

export interface PageLink {
  /** False when the customiser was opened by itself, without a shop around it. */
  readonly connected: boolean;
  loaded: () => void;
  quit: () => void;
  complete: (result: DesignResult) => void;
  error: (code: string, detail: string) => void;
  onCloseRequest: (callback: () => void) => void;
}

/** Connects the window with the page of that origin. */
export function linkPage(frame: Window, origin: string | undefined): PageLink {
  const page = frame.parent !== frame && origin ? frame.parent : undefined;
  const send = (message: FrameMessage): void => {
    if (page && origin) page.postMessage(message, origin);
  };
  return {
    connected: page !== undefined,
    loaded: () => send({ spiff: PROTOCOL_VERSION, type: "loaded" }),
    quit: () => send({ spiff: PROTOCOL_VERSION, type: "quit" }),
    complete: (result) => send({ spiff: PROTOCOL_VERSION, type: "complete", result }),
    error: (code, detail) => send({ spiff: PROTOCOL_VERSION, type: "error", code, detail }),
    onCloseRequest: (callback) => {
      frame.addEventListener("message", (event) => {
        if (page && event.source === page && event.origin === origin && isPageMessage(event.data)) callback();
      });
    },
  };
}
