/** The customiser in a page of its own, before a platform in memory, and what a shopper does there. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { h, render } from "preact";
import "fake-indexeddb/auto";
import { expect, vi } from "vitest";
import { App } from "../src/components/app/app.tsx";
import type { Answers, Workflow } from "../src/composing.ts";
import { type Opening, openCustomiser } from "../src/opening.ts";
import type { PageLink } from "../src/page-link.ts";
import { readParams } from "../src/params.ts";
import { words } from "../src/words.ts";
import { FakePlatform, FakeRequest } from "./fake-platform.ts";
import { PLAIN_FONT, SCRIPT_FONT } from "./mug.ts";
import { BEE, DRAWING, LEAF, WORKSHOP } from "./workshop.ts";

const read = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(join(import.meta.dirname, "../../node_modules", path)));
const FILES: [string, Uint8Array<ArrayBuffer>][] = [
  ["/static/customiser/harfbuzz.wasm", read("harfbuzzjs/dist/harfbuzz.wasm")],
  [`/files/${PLAIN_FONT}`, read("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf")],
  [`/files/${SCRIPT_FONT}`, read("@expo-google-fonts/pacifico/400Regular/Pacifico_400Regular.ttf")],
];

export type Link = { [Name in keyof PageLink]: PageLink[Name] };

export class ShopperPage {
  readonly platform = new FakePlatform();
  readonly place = document.createElement("div");
  link = newLink();
  #opening: Opening | undefined;

  /** Takes the network's place; `vi.unstubAllGlobals()` gives it back. */
  constructor() {
    for (const [path, bytes] of FILES) this.platform.files.set(path, bytes);
    FakeRequest.platform = this.platform;
    FakeRequest.last = undefined;
    vi.stubGlobal("fetch", this.platform.fetch);
    vi.stubGlobal("XMLHttpRequest", FakeRequest);
    vi.stubGlobal(
      "FontFace",
      class {
        load = async (): Promise<never> => Promise.reject(new Error("no fonts in this page"));
      },
    );
    localStorage.clear();
    vi.stubGlobal("indexedDB", new IDBFactory());
    document.body.replaceChildren(this.place);
  }

  /** Opens a workshop with a step of every type, at one of its scenes. */
  async openWorkshop(scene: string, workshop: Workflow = WORKSHOP, kinds: Record<string, string> = {}): Promise<void> {
    this.platform.workflow = workshop;
    this.platform.kinds = { [BEE]: "drawing", [LEAF]: "drawing", ...kinds };
    const drawing = new TextEncoder().encode(JSON.stringify(DRAWING));
    for (const digest of [BEE, LEAF]) this.platform.files.set(`/files/${digest}`, drawing);
    await this.open();
    await vi.waitFor(() => expect(this.place.querySelector(".stage path")).toBeTruthy());
    const links = [...this.place.querySelectorAll<HTMLElement>(".scene-link")];
    links.find(({ textContent }) => textContent.includes(scene))?.click();
    await vi.waitFor(() => expect(this.heading).toBe(scene));
    // Forms that only some products need come a moment later.
    await vi.waitFor(() => expect(this.text(".scene-form")).not.toContain(words.loading));
  }

  async open(product = "p1"): Promise<void> {
    this.link = newLink();
    const query = `?integrationProduct=${product}&currency=USD&origin=https://shop.example`;
    this.#opening = openCustomiser(readParams(query), this.link);
    render(h(App, { opening: this.#opening, embedded: false, closable: true }), this.place);
    await vi.waitFor(() => expect(this.place.querySelector("h1")).toBeTruthy());
  }

  /** As a closed tab: nothing more is sent, only what is kept on the device stays. */
  leave(): void {
    const screen = this.#opening?.screen.peek();
    if (screen?.kind === "editing") screen.session.end();
    render(null, this.place);
  }

  button(name: string): HTMLButtonElement {
    const found = [...this.place.querySelectorAll("button")].find(
      (one) => (one.getAttribute("aria-label") ?? one.textContent.trim()) === name,
    );
    if (!found) throw new Error(`there is no button ${name}`);
    return found;
  }

  input(label: string): HTMLInputElement | HTMLTextAreaElement {
    const found = [...this.place.querySelectorAll("label")].find(({ textContent }) => textContent.includes(label));
    const control = found?.htmlFor ? document.getElementById(found.htmlFor) : found?.querySelector("input");
    if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement) return control;
    throw new Error(`there is no field ${label}`);
  }

  write(label: string, text: string): void {
    const field = this.input(label);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  async press(name: string): Promise<void> {
    this.button(name).click();
    await settled();
  }

  async choose(label: string): Promise<void> {
    this.input(label).click();
    await settled();
  }

  /** Presses a key on an element. */
  key(target: Element | null, name: string, more: KeyboardEventInit = {}): void {
    target?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }));
  }

  /** What this device keeps in a table of its database. */
  async kept(table: "drafts" | "files" | "finished"): Promise<unknown[]> {
    const tables = await openDB("spiff");
    const kept = (await tables.getAll(table)) as unknown[];
    tables.close();
    return kept;
  }

  /** Waits until this device knows that the platform has everything. */
  async isSaved(): Promise<void> {
    await vi.waitFor(() => expect(Object.keys(this.answers)).not.toEqual([]), { timeout: 3000 });
    await vi.waitFor(async () => expect(await this.kept("drafts")).toMatchObject([{ draft: { unsaved: [] } }]));
  }

  /** What the platform holds of the design. */
  get answers(): Answers {
    return this.platform.last.answers;
  }

  /** The outlines that the preview shows. */
  get drawn(): string[] {
    return [...this.place.querySelectorAll(".stage path")].map((path) => path.getAttribute("d") ?? "");
  }

  /** Chooses a file in the file input that is shown. */
  async add(name: string): Promise<void> {
    const input = this.place.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) throw new Error("there is nothing to choose a file with");
    Object.defineProperty(input, "files", { value: [new File(["bytes"], name)], configurable: true });
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await settled();
  }

  /** Drops a file, or a text, on what is shown. */
  drop(selector: string, name: string, types: string[] = ["Files"]): DragEvent {
    const dropped = new Event("drop", { bubbles: true, cancelable: true });
    const dataTransfer = { types, files: [new File(["bytes"], name)], dropEffect: "copy" };
    this.place.querySelector(selector)?.dispatchEvent(Object.assign(dropped, { dataTransfer }));
    return dropped as DragEvent;
  }

  /** The file that is on its way. */
  sending(): Promise<FakeRequest> {
    return vi.waitFor(() => FakeRequest.last ?? Promise.reject(new Error("no file is on its way")), { timeout: 3000 });
  }

  /** Lets the file arrive that is on its way. */
  async fileArrives(): Promise<void> {
    const file = await this.sending();
    FakeRequest.last = undefined;
    await file.arrive();
  }

  get heading(): string {
    return this.text("h1");
  }

  text(selector: string): string {
    return this.place.querySelector(selector)?.textContent.trim() ?? "";
  }

  /** What axe-core complains of. Colours need a real page: they are looked at there. */
  async faults(): Promise<string[]> {
    const { violations } = await axe.run(this.place, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  }
}

/** Preact renders in the next turn, and effects after a frame. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

function newLink(): Link {
  return {
    connected: true,
    loaded: vi.fn(),
    quit: vi.fn(),
    complete: vi.fn(),
    error: vi.fn(),
    onCloseRequest: vi.fn(),
  };
}
