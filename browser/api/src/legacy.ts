/** The functions that were documented before 2020-06 (contract/javascript-api.md 7), made of the current ones. */

import type { DesignResult } from "@spiff/protocol";
import type { Experience, ExperienceOptions } from "./experience.ts";
import type { CheckedProduct } from "./product.ts";

export interface LegacyOptions extends ExperienceOptions {
  integrationId: string;
  productId: string;
}

/** How exported names end behind the title of their step; these pages look things up by the title alone. */
const [SELECTION, IMAGE] = [" selection", " image"];

/** What the callback gets. `complete` is false where nothing was designed; then the other members are not there. */
export interface LegacyResult {
  complete: boolean;
  transactionId?: string;
  designId?: string;
  baseCost?: number;
  previewImage?: string;
  designMetaData?: {
    selectedOptions: Record<string, { variantName: string; cost: number }>;
    metaData: Record<string, string>;
  };
}

/** Checks the product, opens it, and calls back once. */
export function openWorkflow(
  product: CheckedProduct,
  begin: () => Experience,
  callback: (result: LegacyResult) => void,
): void {
  const nothing = (): void => callback({ complete: false });
  product.on("invalid", nothing);
  product.on("ready", () => {
    const run = begin();
    run.on("complete", (result) => callback(legacyResult(result as DesignResult)));
    run.on("quit", nothing);
    run.execute().catch((error: unknown) => console.error(error));
  });
  void product.confirmActive();
}

/** A design has the id of its transaction. */
export function replayDesign(run: Experience, designId: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    run.on("complete", resolve);
    run.on("quit", () => resolve(undefined));
    run.execute({ transactionId: designId }).catch(reject);
  });
}

function legacyResult({ transactionId, baseCost, previewImage, exportedData }: DesignResult): LegacyResult {
  const rows = Object.entries(exportedData);
  const files = rows.filter(([name]) => name.endsWith(IMAGE));
  const choices = rows.filter(([name]) => !name.endsWith(IMAGE));
  return {
    complete: true,
    transactionId,
    designId: transactionId,
    baseCost,
    previewImage,
    designMetaData: {
      selectedOptions: Object.fromEntries(
        choices.map(([name, { value, priceModifier }]) => [
          without(SELECTION, name),
          { variantName: value, cost: priceModifier },
        ]),
      ),
      metaData: Object.fromEntries(files.map(([name, { value }]) => [without(IMAGE, name), value])),
    },
  };
}

function without(ending: string, name: string): string {
  return name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}
