/** Makes the object `window.Spiff` (contract/javascript-api.md) for one platform. It changes nothing in the page by itself. */

import { createPageSession } from "./analytics.ts";
import { type ExecuteOptions, Experience, type ExperienceOptions } from "./experience.ts";
import { type LegacyOptions, type LegacyResult, openWorkflow, replayDesign } from "./legacy.ts";
import { CheckedProduct, type ConfirmedProduct } from "./product.ts";

/** Of 2020, too: the shop's own ids in place of a product (contract/javascript-api.md 4). */
interface TransactionOptions extends ExperienceOptions {
  integrationId?: string;
  productId?: string;
}

export type SpiffApi = ReturnType<typeof createSpiff>;

/** The interface as shops know it, speaking to the platform at `origin`. */
export function createSpiff(origin: string) {
  let lastReady: ConfirmedProduct | undefined;
  const path = `${origin}/api/integration-products`;
  const remember = (product: ConfirmedProduct): void => {
    lastReady = product;
  };

  class IntegrationProduct extends CheckedProduct {
    constructor(id: string) {
      super(`${path}/${encodeURIComponent(id)}`, remember);
    }
  }

  class Product extends CheckedProduct {
    constructor({ integrationId, productId }: { integrationId: string; productId: string }) {
      super(`${path}?${new URLSearchParams({ integrationId, productId })}`, remember);
    }
  }

  class Transaction extends Experience {
    readonly #named: Product | undefined;

    constructor(options: TransactionOptions) {
      const named = namedProduct(options);
      super(origin, named ? { ...options, product: named } : options, (result) => result);
      this.#named = named;
    }

    /** A product that was only named is confirmed first; where it is not ready, nothing is shown. */
    override async execute(options?: ExecuteOptions): Promise<void> {
      if (this.#named) await this.#named.confirmActive();
      return super.execute(options);
    }
  }

  /** The product of a page of 2020, which gives the shop's own ids where others give a product. */
  function namedProduct(options: TransactionOptions | undefined): Product | undefined {
    const { product, integrationProduct, integrationId, productId } = options ?? {};
    if (product || integrationProduct || !integrationId || !productId) return undefined;
    return new Product({ integrationId, productId });
  }

  class HostedExperience extends Experience {
    constructor(options: ExperienceOptions) {
      super(origin, options, (result) => ({ type: "transaction", ...result }));
    }
  }

  const changeDesign = (designId: string) => replayDesign(new Transaction({}), designId);
  const openOld = (options: LegacyOptions, callback: (result: LegacyResult) => void): void => {
    const product = new Product({ integrationId: options.integrationId, productId: options.productId });
    openWorkflow(product, () => new Transaction({ ...options, product }), callback);
  };

  return {
    /** Regions belong to the vendor's cloud. Here the platform is where the script came from, whatever is asked for. */
    setRegion(_code?: string): void {},
    IntegrationProduct,
    Product,
    Transaction,
    HostedExperience,
    /** As documented before 2020-06 (section 7). */
    openWorkflow: openOld,
    /** Opens a design that was finished in this browser; resolves with its new result, or nothing where it was left. */
    replayDesign: changeDesign,
    Analytics: { createPageSession: () => createPageSession(origin, lastReady?.id) },
  };
}
