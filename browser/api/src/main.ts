/** What `<script src="https://platform/api.js">` runs: sets `window.Spiff`, once, and says that it is there. */

import { install } from "./install.ts";

install(document.currentScript);
