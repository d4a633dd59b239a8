/** One run of the customiser: `execute()` shows it, `complete` or `quit` ends it. One object serves one run. */

import type { DesignResult, FrameMessage } from "@spiff/protocol";
import { Emitter } from "./emitter.ts";
import { closeRequest, type OpenFrame, openFrame } from "./frame.ts";
import { CheckedProduct, type ConfirmedProduct } from "./product.ts";

/** Options of Transaction and HostedExperience together (contract/javascript-api.md 4 and 5). */
export interface ExperienceOptions {
  product?: unknown;
  integrationProduct?: unknown;
  presentmentCurrency?: string;
  embedElement?: Element | null;
  pageSessionId?: string;
  portalMode?: boolean;
  /** These three are taken and need nothing here: keys, bulk designs and shop products belong to servers. */
  applicationKey?: string;
  bulk?: boolean;
  shouldCreateDesignProduct?: boolean;
}

export interface ExecuteOptions {
  workflowId?: string;
  /** A design that was finished in this browser, to be changed; the product need not be given then. */
  transactionId?: string;
}

const MODAL = "dialog>iframe[data-spiff]";

type Settle = { resolve: () => void; reject: (error: Error) => void };

/** How long a frame may take to answer a close request before the page closes without it. */
const CLOSE_PATIENCE_MS = 1500;

/** What Transaction and HostedExperience share; they differ in the result they give. */
export class Experience extends Emitter {
  readonly #origin: string;
  readonly #options: ExperienceOptions;
  readonly #result: (result: DesignResult) => object;
  #used = false;
  #loaded = false;
  #frame: OpenFrame | undefined;

  constructor(origin: string, options: ExperienceOptions, result: (result: DesignResult) => object) {
    super();
    this.#origin = origin;
    this.#options = options ?? {};
    this.#result = result;
  }

  /** Shows the customiser; resolves once it is on the screen, and not when it ends. */
  async execute(options?: ExecuteOptions): Promise<void> {
    const product = options?.transactionId ? { id: "", name: "" } : confirmedProduct(this.#options);
    const element = usableElement(this.#options);
    if (this.#used) throw failure("this object has been used: one object serves one run, create a new one");
    // Pages make an object for each click, and shoppers click twice: one modal over another had to be left twice.
    if (!element && document.querySelector(MODAL)) throw failure("the customiser is open already");
    this.#used = true;
    await new Promise<void>((resolve, reject) => {
      this.#frame = openFrame({
        address: frameAddress(this.#origin, product.id, this.#options, options ?? {}),
        title: `Design your product${product.name && `: ${product.name}`}`,
        embedElement: element,
        onMessage: (message) => this.#receive(message, { resolve, reject }),
        onCloseRequest: () => this.#askToClose(),
        onBlocked: (directive) => {
          this.#frame?.close();
          this.#frame = undefined;
          reject(failure(`this page's Content-Security-Policy forbids the frame: add ${this.#origin} to ${directive}`));
        },
      });
    });
  }

  #receive(message: FrameMessage, { resolve, reject }: Settle): void {
    this.#frame?.takeOver();
    if (message.type === "loaded") {
      this.#loaded = true;
      resolve();
    } else if (message.type === "error") {
      // The frame stays: it tells the shopper what is wrong and offers to close.
      reject(failure(`${message.detail} (${message.code})`));
    } else if (message.type === "complete") {
      this.#finish(message.result);
    } else if (!this.#options.embedElement) {
      this.#quit();
    }
  }

  #finish(result: DesignResult): void {
    if (this.#options.embedElement) this.#frame?.stopListening();
    else this.#frame?.close();
    this.#frame = undefined;
    this.emit("complete", this.#result(result));
  }

  #askToClose(): void {
    this.#frame?.post(closeRequest);
    setTimeout(() => this.#quit(), this.#loaded ? CLOSE_PATIENCE_MS : 0);
  }

  #quit(): void {
    if (!this.#frame) return;
    this.#frame.close();
    this.#frame = undefined;
    this.emit("quit");
  }
}

function failure(reason: string): Error {
  return new Error(`Spiff: ${reason}`);
}

function confirmedProduct({ product, integrationProduct, portalMode }: ExperienceOptions): ConfirmedProduct {
  if (portalMode) throw failure("portalMode is not supported by this platform yet; pass a product instead");
  const given = product ?? integrationProduct;
  if (!(given instanceof CheckedProduct)) throw failure("pass an IntegrationProduct or a Product");
  if (given.ended === "invalid")
    throw failure("the product is unknown or switched off; the console says which was asked for");
  if (!given.confirmed)
    throw failure("the product is not confirmed: call confirmActive() and wait for its ready event");
  return given.confirmed;
}

function usableElement({ embedElement }: ExperienceOptions): Element | undefined {
  if (!embedElement) return undefined;
  if (!(embedElement instanceof Element)) throw failure("embedElement is not an element");
  if (embedElement.getBoundingClientRect().height === 0) {
    throw failure("embedElement has a height of 0, so nothing would be seen: give it a height first");
  }
  return embedElement;
}

function frameAddress(origin: string, id: string, options: ExperienceOptions, run: ExecuteOptions): string {
  const wanted = {
    integrationProduct: id,
    transaction: run.transactionId,
    currency: options.presentmentCurrency,
    workflow: run.workflowId,
    pageSession: options.pageSessionId,
    mode: options.embedElement ? "embedded" : "modal",
    // The shop's language: the frame should not speak another.
    lang: document.documentElement.lang,
    origin: location.origin,
  };
  const given = Object.entries(wanted).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${origin}/customise?${new URLSearchParams(given)}`;
}
