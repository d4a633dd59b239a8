/** The same with the customiser inside the page: Spiff.Transaction draws into an element that has a height. */
import { addToCart, whenSpiffIsReady } from "./cart-request.js";

const { integrationProduct, currency } = document.querySelector(".embedded").dataset;
const note = document.getElementById("note");

whenSpiffIsReady(prepare, () => say("The workshop does not answer just now. Please try again in a while."));

function prepare() {
  const product = new window.Spiff.IntegrationProduct(integrationProduct);
  product.on("invalid", () => say("This piece cannot be personalised just now."));
  product.on("ready", () => design(product));
  product.confirmActive();
}

async function design(product) {
  const transaction = new window.Spiff.Transaction({
    integrationProduct: product,
    presentmentCurrency: currency,
    embedElement: document.getElementById("designer"),
  });
  transaction.on("complete", (result) => {
    say("Putting your design into the cart…");
    addToCart(result).catch((problem) => say(problem.message));
  });
  try {
    await transaction.execute();
    say("");
  } catch {
    say("The designer could not be opened. Please reload the page.");
  }
}

function say(text) {
  note.textContent = text;
}
