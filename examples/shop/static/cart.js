import { addToCart, whenSpiffIsReady } from "./cart-request.js";

/** A changed quantity counts at once; without this script the button Update does it. */
for (const form of document.querySelectorAll(".line-form")) {
  form.classList.add("by-itself");
  form.elements.quantity.addEventListener("change", () => form.requestSubmit(form.querySelector(".update")));
}

/** One press is enough. (Two would be one order all the same: the shop's server sees to that.) */
document.querySelector(".pay")?.addEventListener("submit", (event) => {
  const button = event.currentTarget.querySelector("button");
  setTimeout(() => {
    button.disabled = true;
    button.textContent = "Paying…";
  });
});
// A page that comes back out of the browser's memory is asked for anew: its cart may have been paid.
addEventListener("pageshow", (event) => event.persisted && location.reload());

/** A design that was made in this browser is opened again; the cart then takes its new price from the platform. */
whenSpiffIsReady(offerChanges, () => undefined);

function offerChanges() {
  for (const button of document.querySelectorAll(".change")) {
    button.hidden = false;
    button.addEventListener("click", () => change(button));
  }
}

async function change(button) {
  try {
    const result = await window.Spiff.replayDesign(button.dataset.transaction);
    if (result) await addToCart(result);
  } catch {
    // The designer said why, or the cart did not answer: the line stays as it was.
    button.hidden = true;
  }
}
