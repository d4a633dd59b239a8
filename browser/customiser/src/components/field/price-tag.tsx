/** What a choice adds to the price; nothing where it adds nothing. */

import { surcharge } from "../../money.ts";
import { useWorkbench } from "../../workbench.ts";

export function PriceTag({ subunits = 0 }: { subunits: number | undefined }) {
  const { currency } = useWorkbench().session.product;
  return subunits === 0 ? null : (
    <span class="price-tag" dir="auto">
      {surcharge(subunits, currency)}
    </span>
  );
}
