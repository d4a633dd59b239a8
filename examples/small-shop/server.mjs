/** A small shop on Node.js alone. Everything is kept in memory: it shows how to speak with Spiff, not how to keep a shop. */

import { randomInt, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { cartPage, orderPage, productPage } from "./pages.mjs";
import { Platform, Refused } from "./spiff.mjs";

const { SHOP_PLATFORM, SHOP_ACCESS_KEY, SHOP_SECRET, SHOP_PRODUCT, SHOP_WEBHOOK_SECRET, PORT = "8700" } = process.env;
const platform = new Platform({
  address: SHOP_PLATFORM,
  accessKey: SHOP_ACCESS_KEY,
  secret: SHOP_SECRET,
  product: SHOP_PRODUCT,
  webhookSecret: SHOP_WEBHOOK_SECRET ?? "",
});
const shop = { platform, product: SHOP_PRODUCT };
/** By the visitor's cookie: what is in the cart, and the ids of the orders that were placed, by our numbers. */
const visitors = new Map();
/** What we were told of an order, by its id. */
const told = new Map();

const POLICY =
  `default-src 'none'; script-src 'self' ${SHOP_PLATFORM}; connect-src 'self' ${SHOP_PLATFORM}; frame-src ${SHOP_PLATFORM}; ` +
  `img-src data: ${SHOP_PLATFORM}; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
const MOST_BYTES = 1_000_000;

const doors = {
  "GET /": () => html(productPage(shop, false)),
  "GET /embedded": () => html(productPage(shop, true)),
  "GET /shop.js": () => file("shop.js", "text/javascript"),
  "GET /shop.css": () => file("shop.css", "text/css"),
  "GET /cart": ({ visitor }) => html(cartPage(shop, [...visitor.cart.values()])),
  "POST /cart": keep,
  "POST /pay": pay,
  "GET /orders": showOrder,
  "POST /hook": hear,
};

/** A design that was put into the cart again takes its own place: it was changed. */
async function keep({ visitor, body }) {
  const { transactionId } = JSON.parse(body);
  visitor.cart.set(transactionId, await platform.line(transactionId));
  return { status: 204 };
}

/** Here a shop takes the money. A number is kept until its order is acknowledged: sent twice it is ordered once. */
async function pay({ visitor }) {
  visitor.number ??= String(randomInt(1e12));
  const { number, cart } = visitor;
  try {
    const { id } = await platform.order(number, [...cart.values()]);
    visitor.orders.set(number, id);
  } catch (problem) {
    if (problem.code !== "price-differs") throw problem;
    for (const each of cart.keys()) cart.set(each, await platform.line(each));
    return html(cartPage(shop, [...cart.values()], "A price or a design has changed. Please look again."), 409);
  }
  Object.assign(visitor, { number: undefined, cart: new Map() });
  return { status: 303, headers: { Location: `/orders/${number}` } };
}

async function showOrder({ visitor, rest }) {
  const id = visitor.orders.get(rest);
  if (!id) return { status: 404, body: "There is no such order of yours." };
  return html(orderPage(shop, rest, await platform.state(id), told.get(id) ?? []));
}

async function hear({ headers, body }) {
  const event = platform.event(headers, body);
  const id = event?.data.orderId;
  if (id) told.set(id, [...(told.get(id) ?? []), event.type]);
  return { status: 204 };
}

async function answer(request) {
  const { pathname } = new URL(request.url, "http://shop");
  const [, first, rest = ""] = pathname.split("/");
  const door = doors[`${request.method} /${first}`];
  if (!door) return { status: 404, body: "There is nothing here." };
  // Another site's page must not fill a cart or pay it. The platform's messages are signed instead.
  if (request.method === "POST" && first !== "hook" && !sameSite(request)) return { status: 403, body: "Not from here." };
  const { visitor, headers } = visitorOf(request, first);
  try {
    const reply = await door({ visitor, rest, headers: request.headers, body: await bodyOf(request) });
    return { ...reply, headers: { ...headers, ...reply.headers } };
  } catch (problem) {
    if (problem instanceof Refused) return { status: 422, body: problem.message };
    console.error(problem);
    return { status: 503, body: "The workshop does not answer just now. Please try again in a while." };
  }
}

function sameSite({ headers }) {
  return headers.origin?.split("//")[1] === headers.host;
}

/** Who only looks gets no cookie: it comes with the first thing in the cart. */
function visitorOf({ headers, method }, first) {
  const known = /(?:^|; )visitor=([\w-]+)/.exec(headers.cookie ?? "")?.[1];
  const visitor = visitors.get(known) ?? { cart: new Map(), orders: new Map(), number: undefined };
  if (visitors.has(known) || method !== "POST" || first !== "cart") return { visitor, headers: {} };
  const id = randomUUID();
  visitors.set(id, visitor);
  return { visitor, headers: { "Set-Cookie": `visitor=${id}; HttpOnly; SameSite=Lax; Path=/` } };
}

async function bodyOf(request) {
  const parts = [];
  let bytes = 0;
  for await (const part of request) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Refused({ detail: "That is too much." });
  }
  return Buffer.concat(parts).toString();
}

function html(body, status = 200) {
  return { status, body, headers: { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": POLICY } };
}

async function file(name, type) {
  return { status: 200, body: await readFile(new URL(`public/${name}`, import.meta.url)), headers: { "Content-Type": type } };
}

createServer(async (request, response) => {
  const { status, headers, body } = await answer(request);
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", ...headers }).end(body);
}).listen(Number(PORT), "127.0.0.1", () => console.log(`http://127.0.0.1:${PORT}`));
