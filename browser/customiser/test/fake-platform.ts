/** A platform in memory that keeps the rules of saving: tokens, revisions, states. Reached through `fetch`, as the real one. */

import type { Answers, Context, Workflow } from "../src/composing.ts";
import type { Terms } from "../src/guards.ts";
import type { Upload } from "../src/uploads.ts";
import { MUG, PLAIN_FONT, SCRIPT_FONT } from "./mug.ts";

interface Stored {
  id: string;
  ownerToken: string;
  revision: number;
  status: string;
  answers: Answers;
  uploads: Upload[];
}

interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

type Handler = (asked: Asked) => Response | undefined | Promise<Response | undefined>;

export class FakePlatform {
  workflow: Workflow = MUG;
  /** What the product says beside its workflow. */
  context: Context = {};
  /** What its shoppers agree to. */
  terms: Terms | null = null;
  readonly transactions = new Map<string, Stored>();
  readonly asked: Asked[] = [];
  enabled = true;
  away = false;
  /** Looks at a request first; what it answers counts. */
  before: Handler = () => undefined;
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  /** The workflow's files beside its fonts, by digest. */
  kinds: Record<string, string> = {};

  readonly fetch = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (this.away) throw new TypeError("Failed to fetch");
    const { pathname: path, searchParams } = new URL(String(address), "http://localhost:3000");
    const name = searchParams.get("name");
    const body = name === null ? (JSON.parse(String(init.body ?? "{}")) as Record<string, unknown>) : { name };
    const asked = { method: init.method ?? "GET", path, body };
    this.asked.push(asked);
    return (await this.before(asked)) ?? this.#answer(asked, new Headers(init.headers));
  };

  /** The transaction opened last. */
  get last(): Stored {
    const found = [...this.transactions.values()].at(-1);
    if (!found) throw new Error("no transaction was opened");
    return found;
  }

  count(method: string): number {
    return this.asked.filter((one) => one.method === method).length;
  }

  #answer(asked: Asked, headers: Headers): Response {
    const [, kind, name, id = "", more] = asked.path.split("/");
    const file = this.files.get(asked.path);
    if (file) return new Response(file);
    if (kind !== "api") return problem(404);
    if (name === "integration-products") return id === "p1" ? Response.json(this.#product()) : problem(404);
    if (name === "workflows") return Response.json(this.#version());
    if (asked.method === "POST" && !more) return this.#open();
    if (more === "uploads") return this.#upload(this.transactions.get(id), String(asked.body.name), headers);
    return this.#transaction(this.transactions.get(id), asked, headers, more === "complete");
  }

  #product(): object {
    const product = { id: "p1", name: "Mug", description: "", currency: "USD", basePrice: 2000, enabled: this.enabled };
    return { ...product, terms: this.terms, workflows: [this.#link()] };
  }

  #link(): object {
    return { id: "w1", name: "Mug", version: 1, href: "/api/workflows/w1/versions/1" };
  }

  #version(): object {
    const kinds = { ...Object.fromEntries([PLAIN_FONT, SCRIPT_FONT].map((font) => [font, "font"])), ...this.kinds };
    const assets = Object.fromEntries(
      Object.entries(kinds).map(([hash, kind]) => [hash, { href: `/files/${hash}`, kind, name: kind }]),
    );
    return { id: "w1", version: 1, workflow: this.workflow, assets };
  }

  #open(): Response {
    const id = `t${this.transactions.size + 1}`;
    const stored = { id, ownerToken: `owner-${id}`, revision: 1, status: "created", answers: {}, uploads: [] };
    this.transactions.set(id, stored);
    const { context } = this;
    return Response.json({ ...stored, context, price: PRICE, findings: [], workflow: this.#link() }, { status: 201 });
  }

  #transaction(stored: Stored | undefined, { method, body }: Asked, headers: Headers, completing: boolean): Response {
    if (!stored) return problem(404);
    if (headers.get("Authorization") !== `Bearer ${stored.ownerToken}`) return problem(401);
    const data = { ...stored, context: this.context, workflow: this.#link() };
    if (method === "GET") return Response.json({ data, links: [] });
    if (stored.status === "ordered") return problem(409);
    if (headers.get("If-Match") !== `"${stored.revision}"`) return problem(412, { currentRevision: stored.revision });
    if (!completing) return this.#save(stored, body);
    if (this.terms && body.termsDigest === undefined) return problem(422, { code: "terms-not-agreed" });
    if (this.terms && body.termsDigest !== this.terms.digest) return problem(409, { code: "terms-changed" });
    return this.#complete(stored);
  }

  #save(stored: Stored, body: Record<string, unknown>): Response {
    const given = Object.entries(body.answers as Answers);
    const answers = { ...stored.answers, ...Object.fromEntries(given) };
    stored.answers = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null));
    stored.revision += 1;
    return Response.json({ ...stored, price: PRICE, findings: [], workflow: this.#link() });
  }

  #upload(stored: Stored | undefined, name: string, headers: Headers): Response {
    if (!stored) return problem(404);
    if (headers.get("Authorization") !== `Bearer ${stored.ownerToken}`) return problem(401);
    const kind = name.endsWith(".svg") ? "drawing" : name.endsWith(".mp4") ? "video" : "picture";
    const sha256 = [...name].reduce((text, letter) => text + letter.charCodeAt(0).toString(16), "").padEnd(64, "0");
    const size = kind === "picture" ? { widthPx: 3000, heightPx: 2000, proxy: PROXY } : {};
    const upload = { sha256, kind, name, address: `http://localhost:3000/files/${sha256}`, ...size };
    stored.uploads.push(upload);
    return Response.json(upload, { status: 201 });
  }

  #complete(stored: Stored): Response {
    stored.status = "completed";
    const result = {
      transactionId: stored.id,
      baseCost: 2000,
      optionsCost: 0,
      exportedData: {},
      previewImage: "/p.png",
      priceToken: "token",
    };
    return Response.json({ ...result, currency: "USD", revision: stored.revision });
  }
}

/** The picture that screens show in place of any uploaded one. */
export const PROXY = "e".repeat(64);

/** A file on its way to a platform, as `XMLHttpRequest` brings it; it arrives when the test lets it. */
export class FakeRequest {
  static platform: FakePlatform;
  static last: FakeRequest | undefined;
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly #headers = new Headers();
  #address = "";
  #answer: Response | undefined;
  status = 0;
  responseText = "";
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;

  open(_method: string, address: string): void {
    this.#address = address;
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.#answer?.headers.get(name) ?? null;
  }

  send(): void {
    FakeRequest.last = this;
  }

  abort(): void {
    this.onabort?.();
  }

  /** This much of the file has gone. */
  progress(loaded: number): void {
    this.upload.onprogress?.({ loaded, total: 1 });
  }

  /** All of it has gone, and the platform answers. */
  async arrive(): Promise<void> {
    try {
      this.#answer = await FakeRequest.platform.fetch(this.#address, { method: "POST", headers: this.#headers });
    } catch {
      return this.onerror?.();
    }
    this.status = this.#answer.status;
    this.responseText = await this.#answer.text();
    this.onload?.();
  }
}

const PRICE = { baseCost: 2000, optionsCost: 0, currency: "USD" };

export function problem(status: number, more: object = {}): Response {
  return Response.json({ status, title: "no", detail: `refused with ${status}`, ...more }, { status });
}
