/** The page of a link that shows a design: fetches it, again when that fails, and changes nothing. */

import { isRecord } from "@spiff/protocol";
import { render } from "preact";
import { LoadingScreen, ProblemScreen } from "./components/screen/screen.tsx";
import { type SharedDesign, SharedView } from "./components/shared-view/shared-view.tsx";
import { wear } from "./theme.ts";
import { words } from "./words.ts";

/** Shows the design whose view link has this token. */
export function showShared(place: HTMLElement, token: string): void {
  const show = (): void => {
    render(<LoadingScreen text={words.loading} />, place);
    void answered(token, show).then((content) => render(content, place));
  };
  show();
}

async function answered(token: string, retry: () => void) {
  try {
    const headers = { Authorization: `Bearer ${token}` };
    const response = await fetch("/api/links/view", { headers, credentials: "omit" });
    const found: unknown = response.ok ? await response.json() : undefined;
    if (isSharedDesign(found)) {
      wear(found.theme, document.documentElement.style);
      return <SharedView design={found} />;
    }
    if (response.status < 500 && response.status !== 429) return problem(words.linkGone, words.linkGoneDetail);
  } catch {
    // No network: the same as a platform in trouble.
  }
  return problem(words.unreachable, words.unreachableDetail, retry);
}

function problem(title: string, detail: string, retry?: () => void) {
  return <ProblemScreen title={title} detail={detail} retry={retry} close={undefined} />;
}

function isSharedDesign(value: unknown): value is SharedDesign {
  return (
    isRecord(value) &&
    typeof value.productName === "string" &&
    Array.isArray(value.panels) &&
    Array.isArray(value.choices) &&
    isRecord(value.files)
  );
}
