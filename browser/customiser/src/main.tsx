/** Starts the customiser in its page. */

import "./style.css";
import { render } from "preact";
import { App } from "./components/app/app.tsx";
import { openCustomiser } from "./opening.ts";
import { linkPage } from "./page-link.ts";
import { readParams } from "./params.ts";

const params = readParams(location.search);
const link = linkPage(window, params.origin);
const opening = openCustomiser(params, link);
const place = document.getElementById("customiser");
if (place) render(<App opening={opening} embedded={params.embedded} closable={link.connected} />, place);
