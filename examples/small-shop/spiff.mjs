/** What a shop's server has to do with Spiff: ask for prices, order what was paid, hear what became of it. */

import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { soaHeaders } from "../../clients/javascript/spiff-signing.mjs";

/** A refusal of the platform, or of ours; `code` is one of docs/errors.md where the platform has one. */
export class Refused extends Error {
  constructor({ detail, code }) {
    super(detail);
    this.code = code;
  }
}

const KEPT_EVENTS = 1000;
const MESSAGE_SECONDS = 300;

/** `address` has no slash at its end; `product` is one that you sell; `webhookSecret` begins with `whsec_`. */
export class Platform {
  #keys = [];
  #integration = "";
  #seen = new Set();

  constructor({ address, accessKey, secret, product, webhookSecret }) {
    Object.assign(this, { address, accessKey, secret, product, webhookSecret });
  }

  /** A finished design as a cart line, with the price of the fewest pieces that are sold. Throws Refused. */
  async line(transactionId) {
    const { data, links } = await this.#json(`/api/transactions/${encodeURIComponent(transactionId)}`);
    if (!data.priceToken) throw new Refused({ detail: "this design is not finished", code: "design-unfinished" });
    const price = await this.#checkedPrice(data.priceToken, transactionId);
    const { data: design } = await this.#json(links[0].href);
    return {
      transactionId,
      integrationProductId: data.integrationProductId,
      name: data.productName,
      picture: `${this.address}/api/transactions/${transactionId}/image`,
      about: design.metadata,
      price,
      priceToken: data.priceToken,
    };
  }

  /** Orders what was paid; the same `number` is the same order, however often it is sent. Throws Refused. */
  order(number, lines) {
    const orderItems = lines.map(({ transactionId, price, priceToken }) => ({
      transactionId,
      amountToOrder: price.quantity,
      priceToken,
    }));
    return this.#signed("POST", "/api/v2/orders", JSON.stringify({ externalId: number, orderItems }));
  }

  /** An order as it stands: `status`, and `orderItems` with the `status` and the `printFiles` of each. */
  state(orderId) {
    return this.#signed("GET", `/api/v2/orders/${encodeURIComponent(orderId)}`);
  }

  /** The event of a webhook (Standard Webhooks), or nothing where it was told before. Throws Refused. */
  event(headers, body) {
    const { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": signatures = "" } = headers;
    const key = Buffer.from(this.webhookSecret.replace("whsec_", ""), "base64");
    const wanted = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest();
    const given = signatures.split(" ").map((each) => Buffer.from(each.replace("v1,", ""), "base64"));
    const signed = given.some((each) => each.length === wanted.length && timingSafeEqual(each, wanted));
    const recent = Math.abs(Date.now() / 1000 - Number(at)) < MESSAGE_SECONDS;
    if (!signed || !recent) throw new Refused({ detail: "this message is not the platform's, or an old one" });
    if (this.#seen.has(id)) return undefined;
    this.#seen.add(id);
    if (this.#seen.size > KEPT_EVENTS) this.#seen.delete(this.#seen.values().next().value);
    return JSON.parse(body);
  }

  /** What a price token promises (docs/prices.md). */
  async #checkedPrice(token, transactionId) {
    const [header, claims, signature] = token.split(".");
    const { alg, typ, kid } = fromBase64(header);
    const key = alg === "EdDSA" && typ === "spiff-price+jwt" && (await this.#key(kid));
    const good = key && verify(null, Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, "base64url"));
    const { iss, aud, sub, exp, ...price } = good ? fromBase64(claims) : {};
    const { quantity, currency, unitAmount, totalAmount } = price;
    const ours = iss === this.address && aud === (await this.#audience()) && sub === transactionId;
    if (!ours || !(exp > Date.now() / 1000))
      throw new Refused({ detail: "this price is not the platform's price of this design" });
    return { quantity, currency, unitAmount, totalAmount };
  }

  /** Whom prices must be promised to: the id of our integration, which a product of ours tells. It never changes. */
  async #audience() {
    const path = `/api/integration-products/${encodeURIComponent(this.product)}`;
    this.#integration ||= (await this.#json(path)).integration.id;
    return this.#integration;
  }

  /** A public key by its name; they are asked for again when there is a new one. */
  async #key(kid) {
    const find = () => this.#keys.find((each) => each.kid === kid);
    if (!find()) this.#keys = (await this.#json("/.well-known/jwks.json")).keys;
    return find() && createPublicKey({ key: find(), format: "jwk" });
  }

  #signed(method, path, body) {
    const headers = soaHeaders(method, this.address + path, body ?? "", this.accessKey, this.secret);
    return this.#json(path, { method, headers, ...(body && { body }) });
  }

  async #json(path, options) {
    const answer = await fetch(this.address + path, { ...options, signal: AbortSignal.timeout(15_000) });
    const document = await answer.json();
    if (!answer.ok) throw new Refused(document);
    return document;
  }
}

function fromBase64(part) {
  return JSON.parse(Buffer.from(part, "base64url"));
}
