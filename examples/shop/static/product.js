/** The product page: checks that the product is ready, then opens the customiser over the page. */
import { addToCart, whenSpiffIsReady } from "./cart-request.js";

const { integrationProduct, currency } = document.querySelector(".product").dataset;
const button = document.getElementById("personalise");
const note = document.getElementById("note");

whenSpiffIsReady(prepare, () => say("The workshop does not answer just now. Please try again in a while."));

function prepare() {
  const product = new window.Spiff.IntegrationProduct(integrationProduct);
  product.on("invalid", () => say("This piece cannot be personalised just now."));
  product.on("ready", () => {
    say("");
    button.disabled = false;
    // One id for this view of the page; it is stored nowhere here, and the next view has another.
    const pageSessionId = window.Spiff.Analytics.createPageSession();
    button.addEventListener("click", () => personalise(product, pageSessionId));
  });
  product.confirmActive();
}

async function personalise(product, pageSessionId) {
  // One object serves one run: every press makes a new one.
  const experience = new window.Spiff.HostedExperience({ product, presentmentCurrency: currency, pageSessionId });
  experience.on("quit", () => say("Your design is kept: press Personalise to go on."));
  experience.on("complete", keep);
  say("Opening…");
  try {
    await experience.execute();
    say("");
  } catch {
    say("The designer could not be opened. Please try again.");
  }
}

async function keep(result) {
  say("Putting your design into the cart…");
  try {
    await addToCart(result);
  } catch (problem) {
    say(problem.message);
    offerAgain(result);
  }
}

/** The design is finished and safe on the platform; only our cart did not hear of it. */
function offerAgain(result) {
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = "Try again";
  again.className = "quiet";
  again.addEventListener("click", () => keep(result), { once: true });
  note.append(" ", again);
}

function say(text) {
  note.textContent = text;
}
