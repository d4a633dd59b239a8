/** The shop's pages. What comes from shoppers and from the platform is text here, never markup. */

export function productPage(shop, embedded) {
  const place = embedded ? '<div id="designer"></div>' : "";
  return page(shop, "Mug", `<p>A mug with your own words.</p><button id="personalise" hidden>Personalise</button>${place}`);
}

export function cartPage(shop, lines, note = "") {
  const pay = '<form method="post" action="/pay"><button>Pay</button></form>';
  return page(shop, "Cart", lines.map(cartLine).join("") + (lines.length > 0 ? pay : "<p>It is empty.</p>"), note);
}

export function orderPage(shop, number, { status, orderItems }, told) {
  const files = ({ panel, format, url }) => `<a href="${text(url)}">${text(`${panel}.${format}`)}</a>`;
  const items = orderItems.map((item) => `<li>${text(item.status)} ${item.printFiles.map(files).join(" ")}</li>`);
  const events = told.map((type) => `<li>${text(type)}</li>`);
  const body = `<p>It is <strong id="status">${text(status)}</strong>.</p><ul>${items.join("")}</ul>
<h2>What we were told</h2><ol id="told">${events.join("")}</ol><p><a href="">Look again</a></p>`;
  return page(shop, `Order ${number}`, body);
}

function cartLine({ transactionId, integrationProductId, name, picture, about, price }) {
  const rows = Object.entries(about).map(([title, value]) => `<dt>${text(title)}</dt><dd>${text(value)}</dd>`);
  return `<article><img src="${text(picture)}" alt="Your ${text(name)}"><div>
<h2>${text(name)}</h2><dl>${rows.join("")}</dl><p class="price">${text(amount(price))}</p>
<button data-change="${text(transactionId)}" data-product="${text(integrationProductId)}">Change</button></div></article>`;
}

/** `totalAmount` is in subunits: 2 digits for dollars, none for yen. */
function amount({ totalAmount, currency }) {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.format(totalAmount / 10 ** format.resolvedOptions().maximumFractionDigits);
}

function page({ platform, product }, title, body, note = "") {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/shop.css">
<script src="${text(platform.address)}/api.js" async></script>
<script src="/shop.js" data-product="${text(product)}" defer></script></head>
<body><nav><a href="/">Mug</a> <a href="/embedded">Inside the page</a> <a href="/cart">Cart</a></nav>
<main><h1>${text(title)}</h1><p id="note" role="status">${text(note)}</p>${body}</main></body></html>`;
}

function text(value) {
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
