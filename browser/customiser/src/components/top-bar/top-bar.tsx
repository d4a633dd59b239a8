/** The product's name, how saving stands, and the way out. */

import type { ComponentChildren } from "preact";
import { words } from "../../words.ts";
import { IconButton } from "../icon/icon.tsx";
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
      {close && <IconButton name="close" label={words.closeLabel} press={close} />}
    </header>
  );
}
