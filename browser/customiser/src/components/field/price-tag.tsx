/** What a choice adds to the price; nothing where it adds nothing. */

import { useWorkbench } from "../../workbench.ts";

export function PriceTag({ subunits = 0 }: { subunits: number | undefined }) {
  const { prices } = useWorkbench().session;
  return subunits === 0 ? null : (
    <span class="price-tag" dir="auto">
      {prices.surcharge(subunits)}
    </span>
  );
}
