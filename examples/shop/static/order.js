/** Follows an order: asks our own server, which asks the platform with its key. */
const place = document.getElementById("progress");
const sentence = document.getElementById("sentence");
const EVERY_MS = 1500;

show();

function show() {
  const { sentence: text, final } = place.querySelector(".progress").dataset;
  if (sentence.textContent !== text) sentence.textContent = text;
  if (final === "no") setTimeout(ask, EVERY_MS);
}

async function ask() {
  try {
    const response = await fetch(place.dataset.address);
    if (!response.ok) throw new Error(`the shop answered ${response.status}`);
    const now = await response.text();
    // Written by our own server, every value escaped there. Unchanged, it is left alone, and so is the reader's place.
    if (now !== place.dataset.shown) place.innerHTML = now;
    place.dataset.shown = now;
    show();
  } catch {
    setTimeout(ask, EVERY_MS * 2);
  }
}
