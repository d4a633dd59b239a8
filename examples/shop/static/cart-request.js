/** Tells our own server about a finished design. It asks the platform for the price itself; the choices are only shown. */
export async function addToCart({ transactionId, exportedData }) {
  const response = await fetch("/cart", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ transactionId, exportedData }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.problem ?? "The cart could not be reached. Please try again.");
  location.assign(answer.cart);
}

/** Runs `start` once the platform's script is there, however early or late that is. */
export function whenSpiffIsReady(start, giveUp) {
  if (window.Spiff) return start();
  const patience = setTimeout(giveUp, 10_000);
  window.addEventListener(
    "SpiffApiReady",
    () => {
      clearTimeout(patience);
      start();
    },
    { once: true },
  );
}
