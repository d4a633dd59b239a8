/** Opens the customiser: for a new design on the product's page, for one of the cart on the cart's. */

const { product: integrationProduct } = document.currentScript.dataset;
const note = document.getElementById("note");
const personalise = document.getElementById("personalise");

if (window.Spiff) start();
else addEventListener("SpiffApiReady", start);

function start() {
  if (personalise) offer();
  for (const button of document.querySelectorAll("[data-change]")) {
    button.addEventListener("click", () => open({}, { transactionId: button.dataset.change }));
  }
}

/** Shows the button once the product can be designed. */
function offer() {
  const product = new Spiff.IntegrationProduct(integrationProduct);
  product.on("ready", () => {
    personalise.hidden = false;
    const pageSessionId = Spiff.Analytics.createPageSession();
    const embedElement = document.getElementById("designer");
    personalise.addEventListener("click", () => {
      personalise.hidden = Boolean(embedElement);
      embedElement?.classList.add("open");
      open({ product, presentmentCurrency: "AUD", pageSessionId, embedElement });
    });
  });
  product.on("invalid", () => say("This cannot be personalised just now."));
  product.confirmActive();
}

async function open(options, wanted) {
  const run = new Spiff.HostedExperience(options);
  run.on("complete", ({ transactionId }) => keep(transactionId));
  run.on("quit", () => say("Your design is kept."));
  say("Opening…");
  await run.execute(wanted).then(() => say(""), (problem) => say(problem.message));
}

/** Tells our server which design it is; everything else it asks the platform for. */
async function keep(transactionId) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("/cart", { method: "POST", headers, body: JSON.stringify({ transactionId }) });
  if (answer.ok) location.assign("/cart");
  else say(await answer.text());
}

function say(words) {
  note.textContent = words;
}
