/** Starts the customiser in its page, in the language of the shop, or of the shopper. */

import "./style.css";
import { render } from "preact";
import { App } from "./components/app/app.tsx";
import { openCustomiser } from "./opening.ts";
import { linkPage } from "./page-link.ts";
import { readParams } from "./params.ts";
import { createReach, sendCounts } from "./reach.ts";
import { refuseStrayFiles } from "./stray-files.ts";
import { languageOf, speak } from "./words.ts";

const params = readParams(location.search, location.hash, location.pathname);
// Words that cannot be fetched leave English: no reason to show nothing.
await speak(languageOf([params.language, ...navigator.languages])).catch(() => undefined);
const place = document.getElementById("customiser");
// The same page by another link: only what stands behind the # differs.
addEventListener("hashchange", () => location.reload());
refuseStrayFiles(window);
if (place && location.pathname === "/shared") {
  // Not awaited: what is fetched needs parts of this module, which has to end first.
  void import("./shared.tsx").then(({ showShared }) => showShared(place, location.hash.slice(1)));
} else if (place) {
  const link = linkPage(window, params.origin);
  const opening = openCustomiser(params, link);
  const reached = createReach(navigator, document, sendCounts);
  render(<App opening={opening} embedded={params.embedded} closable={link.connected} reached={reached} />, place);
}
