/** Makes the object `window.Spiff` (contract/javascript-api.md) for one platform. It changes nothing in the page by itself. */

import { createPageSession } from "./analytics.ts";
import { Experience, type ExperienceOptions } from "./experience.ts";
import { CheckedProduct, type ConfirmedProduct } from "./product.ts";

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
    constructor(options: ExperienceOptions) {
      super(origin, options, (result) => result);
    }
  }

  class HostedExperience extends Experience {
    constructor(options: ExperienceOptions) {
      super(origin, options, (result) => ({ type: "transaction", ...result }));
    }
  }

  return {
    /** Regions belong to the vendor's cloud. Here the platform is where the script came from, whatever is asked for. */
    setRegion(_code?: string): void {},
    IntegrationProduct,
    Product,
    Transaction,
    HostedExperience,
    Analytics: { createPageSession: () => createPageSession(origin, lastReady?.id) },
  };
}
