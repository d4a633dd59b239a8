/**
 * The messages between a shop's page and the customiser's frame: one union each way, and the guards for both borders.
 * It knows neither who sends nor where to: origin and source are checked by those who listen.
 *
 *   frame → page   loaded     the customiser is on the screen; `execute()` resolves
 *                  complete   the design is finished; carries what the shop needs to sell it
 *                  quit       the shopper closed the customiser, or agreed to a close request
 *                  error      the customiser cannot serve this page; the shopper is told why in the frame
 *   page → frame   close-request   the shopper asked the page to close (Escape): save, then answer `quit`
 */

/** Present in every message, with the protocol's version: what is not ours is never read further. */
export const PROTOCOL_VERSION = 1;

/** One row of the order summary; `priceModifier` is in subunits. */
export interface ExportedRow {
  value: string;
  priceModifier: number;
}

/** What a finished design gives to the shop (contract/javascript-api.md 4). Costs are in subunits. */
export interface DesignResult {
  transactionId: string;
  baseCost: number;
  optionsCost: number;
  exportedData: Record<string, ExportedRow>;
  previewImage: string;
  /** Proves the price of the fewest pieces to the shop's server (docs/prices.md). */
  priceToken?: string;
}

export type FrameMessage =
  | { spiff: 1; type: "loaded" }
  | { spiff: 1; type: "complete"; result: DesignResult }
  | { spiff: 1; type: "quit" }
  | { spiff: 1; type: "error"; code: string; detail: string };

export type PageMessage = { spiff: 1; type: "close-request" };

/** Tells whether something is an object whose members may be looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Accepts exactly the messages of a frame; members it does not know are allowed, missing ones are not. */
export function isFrameMessage(value: unknown): value is FrameMessage {
  if (!isRecord(value) || value.spiff !== PROTOCOL_VERSION) return false;
  if (value.type === "complete") return isDesignResult(value.result);
  if (value.type === "error") return typeof value.code === "string" && typeof value.detail === "string";
  return value.type === "loaded" || value.type === "quit";
}

/** Accepts exactly the messages of a page. */
export function isPageMessage(value: unknown): value is PageMessage {
  return isRecord(value) && value.spiff === PROTOCOL_VERSION && value.type === "close-request";
}

/** Accepts a result that has every member a shop reads. */
export function isDesignResult(value: unknown): value is DesignResult {
  return (
    isRecord(value) &&
    typeof value.transactionId === "string" &&
    Number.isSafeInteger(value.baseCost) &&
    Number.isSafeInteger(value.optionsCost) &&
    typeof value.previewImage === "string" &&
    (value.priceToken === undefined || typeof value.priceToken === "string") &&
    isRecord(value.exportedData) &&
    Object.values(value.exportedData).every(isExportedRow)
  );
}

function isExportedRow(value: unknown): value is ExportedRow {
  return isRecord(value) && typeof value.value === "string" && Number.isSafeInteger(value.priceModifier);
}
