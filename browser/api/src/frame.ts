/** The customiser's frame on the shop's page, in a modal or inside an element, and what it says. */

import { type FrameMessage, isFrameMessage, type PageMessage, PROTOCOL_VERSION } from "@spiff/protocol";
import { NO_STYLE, type Place, showModal } from "./modal.ts";

/** A frame that is shown; `close` takes it away and gives the page back. */
export interface OpenFrame {
  post: (message: PageMessage) => void;
  close: () => void;
  /** The frame speaks: from now on it offers the way out itself. */
  takeOver: () => void;
  stopListening: () => void;
}

export interface FrameOptions {
  address: string;
  title: string;
  embedElement: Element | undefined;
  onMessage: (message: FrameMessage) => void;
  /** The shopper wants to leave, and said so to the page rather than to the frame. */
  onCloseRequest: () => void;
  /** The page's own policy does not let the frame in; named by the directive that would. */
  onBlocked: (directive: string) => void;
}

/** Shows the customiser and listens to it alone: its window as source and its origin, nothing else is read. */
export function openFrame(options: FrameOptions): OpenFrame {
  const { origin } = new URL(options.address);
  const frame = frameElement(options);
  const listen = (event: MessageEvent): void => {
    if (event.source !== frame.contentWindow || event.origin !== origin || !frame.contentWindow) return;
    if (!isFrameMessage(event.data)) return;
    removeEventListener("online", reload);
    options.onMessage(event.data);
  };
  const violated = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    const ours = blockedURI === origin || blockedURI.startsWith(`${origin}/`);
    if (ours && effectiveDirective === "frame-src") options.onBlocked(effectiveDirective);
  };
  // A frame that never spoke shows the browser's own page about the network, which does not go away by itself.
  const reload = (): void => {
    frame.src = options.address;
  };
  addEventListener("online", reload);
  document.addEventListener("securitypolicyviolation", violated);
  // Listening starts before the frame is in the page: its first message must not be missed.
  addEventListener("message", listen);
  const place = options.embedElement ? embed(frame, options.embedElement) : showModal(frame, options);
  const stopListening = (): void => {
    removeEventListener("message", listen);
    removeEventListener("online", reload);
    document.removeEventListener("securitypolicyviolation", violated);
  };
  return {
    post: (message) => frame.contentWindow?.postMessage(message, origin),
    stopListening,
    takeOver: place.takeOver,
    close: () => {
      stopListening();
      place.remove();
    },
  };
}

/** The message that asks the frame to save and to answer `quit`. */
export const closeRequest: PageMessage = { spiff: PROTOCOL_VERSION, type: "close-request" };

function frameElement({ address, title }: FrameOptions): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = title;
  // Browsers that cannot share complain of the word in the shop's console.
  const share = "share" in navigator ? "; web-share" : "";
  frame.allow = `clipboard-write; fullscreen; xr-spatial-tracking${share}`;
  frame.dataset.spiff = "customiser";
  frame.style.cssText = `${NO_STYLE}display:block;width:100%;height:100%;border:0;background:#fff;color-scheme:light`;
  return frame;
}

function embed(frame: HTMLIFrameElement, element: Element): Place {
  // A finished run leaves its last screen standing; the next run in the same element takes its place.
  for (const earlier of element.querySelectorAll("iframe[data-spiff]")) earlier.remove();
  element.append(frame);
  return { remove: () => frame.remove(), takeOver: () => undefined };
}
