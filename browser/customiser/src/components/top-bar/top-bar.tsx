/** The product's name, how saving stands, and the way out. */

import type { ComponentChildren } from "preact";
import { words } from "../../words.ts";
import { IconButton } from "../icon/icon.tsx";
import "./top-bar.css";

interface TopBarProps {
  title: string;
  /** The shop's, with its name. */
  logo?: { href: string; name: string } | undefined;
  close: (() => void) | undefined;
  children?: ComponentChildren;
}

export function TopBar({ title, logo, close, children }: TopBarProps) {
  return (
    <header class="top-bar">
      <div class="top-bar-head">
        {logo && <img class="top-bar-logo" src={logo.href} alt={logo.name} />}
        {/* A name that is too long loses its end, whatever direction the page is read in. */}
        <p class="top-bar-title" dir="auto">
          {title}
        </p>
      </div>
      {children}
      {close && <IconButton name="close" label={words.closeLabel} press={close} />}
    </header>
  );
}
