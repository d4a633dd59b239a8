/** Writes every price in the visitor's own way, as the customiser does. Without this script the server's text stays. */
for (const place of document.querySelectorAll(".money")) {
  const { currency, digits } = place.dataset;
  const options = { style: "currency", currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  place.textContent = new Intl.NumberFormat(undefined, options).format(place.value / 10 ** digits);
}
