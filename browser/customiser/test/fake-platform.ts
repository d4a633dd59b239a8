/** A platform in memory that keeps the rules of saving: tokens, revisions, states. Reached through `fetch`, as the real one. */

import type { Answers, Workflow } from "../src/composing.ts";
import { MUG, PLAIN_FONT, SCRIPT_FONT } from "./mug.ts";

interface Stored {
  id: string;
  ownerToken: string;
  revision: number;
  status: string;
  answers: Answers;
}

interface Asked {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

type Handler = (asked: Asked) => Response | undefined | Promise<Response | undefined>;

export class FakePlatform {
  readonly workflow: Workflow = MUG;
  readonly transactions = new Map<string, Stored>();
  readonly asked: Asked[] = [];
  enabled = true;
  away = false;
  /** Looks at a request first; what it answers counts. */
  before: Handler = () => undefined;
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();

  readonly fetch = async (address: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (this.away) throw new TypeError("Failed to fetch");
    const path = new URL(String(address), "http://localhost:3000").pathname;
    const body = JSON.parse(String(init.body ?? "{}")) as Record<string, unknown>;
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
    return this.#transaction(this.transactions.get(id), asked, headers, more === "complete");
  }

  #product(): object {
    const product = { id: "p1", name: "Mug", description: "", currency: "USD", basePrice: 2000, enabled: this.enabled };
    return { ...product, workflows: [this.#link()] };
  }

  #link(): object {
    return { id: "w1", name: "Mug", version: 1, href: "/api/workflows/w1/versions/1" };
  }

  #version(): object {
    const asset = (hash: string): object => ({
      href: `/files/${hash}`,
      kind: "font",
      mimeType: "font/ttf",
      name: "Font",
    });
    const assets = { [PLAIN_FONT]: asset(PLAIN_FONT), [SCRIPT_FONT]: asset(SCRIPT_FONT) };
    return { id: "w1", version: 1, workflow: this.workflow, assets };
  }

  #open(): Response {
    const id = `t${this.transactions.size + 1}`;
    const stored = { id, ownerToken: `owner-${id}`, revision: 1, status: "created", answers: {} };
    this.transactions.set(id, stored);
    return Response.json({ ...stored, price: PRICE, findings: [], workflow: this.#link() }, { status: 201 });
  }

  #transaction(stored: Stored | undefined, { method, body }: Asked, headers: Headers, completing: boolean): Response {
    if (!stored) return problem(404);
    if (headers.get("Authorization") !== `Bearer ${stored.ownerToken}`) return problem(401);
    if (method === "GET") return Response.json({ data: { ...stored, workflow: this.#link() }, links: [] });
    if (stored.status === "ordered") return problem(409);
    if (headers.get("If-Match") !== `"${stored.revision}"`) return problem(412, { currentRevision: stored.revision });
    return completing ? this.#complete(stored) : this.#save(stored, body);
  }

  #save(stored: Stored, body: Record<string, unknown>): Response {
    const given = Object.entries(body.answers as Answers);
    const answers = { ...stored.answers, ...Object.fromEntries(given) };
    stored.answers = Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null));
    stored.revision += 1;
    return Response.json({ ...stored, price: PRICE, findings: [], workflow: this.#link() });
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

const PRICE = { baseCost: 2000, optionsCost: 0, currency: "USD" };

export function problem(status: number, more: object = {}): Response {
  return Response.json({ status, title: "no", detail: `refused with ${status}`, ...more }, { status });
}
