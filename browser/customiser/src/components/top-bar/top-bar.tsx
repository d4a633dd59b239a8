/** The product's name, how saving stands, and the way out. */

import type { ComponentChildren } from "preact";
import { words } from "../../words.ts";
import "./top-bar.css";

interface TopBarProps {
  title: string;
  close: (() => void) | undefined;
  children?: ComponentChildren;
}

export function TopBar({ title, close, children }: TopBarProps) {
  return (
    <header class="top-bar">
      <p class="top-bar-title">{title}</p>
      {children}
      {close && (
        <button type="button" class="icon-button" aria-label={words.closeLabel} onClick={close}>
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M6 6L18 18M18 6L6 18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
          </svg>
        </button>
      )}
    </header>
  );
}
