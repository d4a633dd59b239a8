/** One row of the order summary; `priceModifier` is in subunits. */
export interface ExportedRow {
  value: string;
  priceModifier: number;
}

/** What a finished design gives to the shop. Costs are in subunits. */
export interface DesignResult {
  transactionId: string;
  baseCost: number;
  optionsCost: number;
  exportedData: Record<string, ExportedRow>;
  previewImage: string;
  /** Proves the price to the shop's server. */
  priceToken?: string;
}

/** A product that can be asked whether it is ready: exactly one of the events follows `confirmActive()`. */
export interface ConfirmableProduct {
  on(eventName: "ready" | "invalid", callback: () => void): void;
  confirmActive(): Promise<void>;
}

export interface ExperienceOptions {
  product?: ConfirmableProduct | undefined;
  /** ISO 4217. */
  presentmentCurrency?: string | undefined;
  /** Where to show the customiser; without one it is a modal. Its height must not be 0. */
  embedElement?: Element | null | undefined;
  /** From `Analytics.createPageSession()`. */
  pageSessionId?: string | undefined;
  /** Refused: there is no portal yet. */
  portalMode?: boolean | undefined;
  /** These three are taken and need nothing here. */
  applicationKey?: string | undefined;
  bulk?: boolean | undefined;
  shouldCreateDesignProduct?: boolean | undefined;
}

export interface TransactionOptions extends ExperienceOptions {
  integrationProduct?: ConfirmableProduct | undefined;
  /** Both in place of a product, as pages of 2020 give them: it is confirmed by `execute()`. */
  integrationId?: string | undefined;
  productId?: string | undefined;
}

export interface ExecuteOptions {
  /** Opens this workflow; without it the shopper chooses where there are several. */
  workflowId?: string | undefined;
  /** Opens a design that was finished in this browser. */
  transactionId?: string | undefined;
}

/** One run of the customiser. One object serves one run. */
export interface Experience<Result> {
  on(eventName: "complete", callback: (result: Result) => void): void;
  on(eventName: "quit", callback: () => void): void;
  /** Resolves once the customiser is shown; rejects where it cannot be, and says why. */
  execute(options?: ExecuteOptions): Promise<void>;
}

export interface LegacyOptions {
  integrationId: string;
  productId: string;
  presentmentCurrency?: string | undefined;
  embedElement?: Element | null | undefined;
  shouldCreateDesignProduct?: boolean | undefined;
}

/** What `openWorkflow` calls back with; only `complete` where nothing was designed. */
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

export interface Spiff {
  /** Taken for the sake of older pages: the platform is where the script came from. */
  setRegion(code?: string): void;
  IntegrationProduct: new (id: string) => ConfirmableProduct;
  Product: new (ids: { integrationId: string; productId: string }) => ConfirmableProduct;
  Transaction: new (options: TransactionOptions) => Experience<DesignResult>;
  HostedExperience: new (options: ExperienceOptions) => Experience<DesignResult & { type: "transaction" }>;
  Analytics: { createPageSession(): string };
  openWorkflow(options: LegacyOptions, callback: (result: LegacyResult) => void): void;
  /** Opens a design that was finished in this browser; resolves with its new result, or nothing where it was left. */
  replayDesign(designId: string): Promise<DesignResult | undefined>;
}

export interface LoadOptions {
  /** A pinned address of the script, as `/api.json` of the platform tells it, with its integrity. */
  src?: string | undefined;
  integrity?: string | undefined;
}

/** `platform` is its address without a slash at the end. Rejects where the script cannot be loaded. */
export function loadSpiff(platform: string, options?: LoadOptions): Promise<Spiff>;

declare global {
  interface Window {
    Spiff?: Spiff;
  }
}
