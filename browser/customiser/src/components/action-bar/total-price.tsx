/** What one piece costs, and on tap, what that is made of. */

import { useSignal } from "@preact/signals";
import { choices } from "../../summary.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { Icon } from "../icon/icon.tsx";

const DETAILS = "price-details";

export function TotalPrice() {
  const { price, prices } = useWorkbench().session;
  const { baseCost, optionsCost } = price.value;
  const open = useSignal(false);
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !open.value) return;
    // Only this closes, not the customiser.
    event.preventDefault();
    open.value = false;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is what is used; its keys are heard here
    <div class="total" onKeyDown={closeOnEscape}>
      {open.value && <PriceDetails />}
      <button
        type="button"
        class="total-button"
        aria-expanded={open.value}
        aria-controls={open.value ? DETAILS : undefined}
        onClick={() => {
          open.value = !open.value;
        }}
      >
        <span class="total-label">
          {words.total} <Icon name={open.value ? "down" : "up"} size={14} />
        </span>
        <strong>{prices.amount(baseCost + optionsCost)}</strong>
      </button>
    </div>
  );
}

function PriceDetails() {
  const { editor, price, prices, uploads } = useWorkbench().session;
  const costly = choices(editor.active.value, uploads.all.value).filter(({ priceModifier }) => priceModifier !== 0);
  return (
    <section id={DETAILS} class="price-details" aria-label={words.priceDetails}>
      <dl>
        <div>
          <dt>{words.basePrice}</dt>
          <dd>{prices.amount(price.value.baseCost)}</dd>
        </div>
        {costly.map(({ stepName, title, value, priceModifier }) => (
          <div key={stepName}>
            <dt>
              {title} <span class="price-choice">{value}</span>
            </dt>
            <dd dir="auto">{prices.surcharge(priceModifier)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
