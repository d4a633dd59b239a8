/** A design to look at: its panels, what was chosen and what it costs. There is nothing to change. */

import type { ScenePanel } from "../../composing.ts";
import type { Theme } from "../../guards.ts";
import { money } from "../../money.ts";
import { words } from "../../words.ts";
import { PanelView } from "../preview/panel-view.tsx";
import "./shared-view.css";

/** What the platform says of a shared design; costs in subunits. */
export interface SharedDesign {
  productName: string;
  finished: boolean;
  panels: { title: string; panel: ScenePanel }[];
  files: Record<string, string>;
  choices: { title: string; value: string }[];
  baseCost: number;
  optionsCost: number;
  currency: string;
  shopUrl: string | null;
  /** The look of the shop it was made for. */
  theme?: Theme | null;
}

export function SharedView({ design }: { design: SharedDesign }) {
  const { productName, panels, files, finished, shopUrl, theme } = design;
  return (
    <main class="shared">
      {theme?.logoUrl && <img class="shared-logo" src={theme.logoUrl} alt="" />}
      <h1>
        <bdi>{productName}</bdi>
      </h1>
      <p class="lead">{finished ? words.sharedLead : words.sharedUnfinished}</p>
      <ul class="shared-panels">
        {panels.map(({ title, panel }) => (
          <li key={panel.name}>
            <PanelView panel={panel} href={(asset) => files[asset]} label={words.previewOf(title)} />
            {panels.length > 1 && <bdi>{title}</bdi>}
          </li>
        ))}
      </ul>
      <Choices design={design} />
      {shopUrl && (
        <a class="button primary" href={shopUrl}>
          {words.toShop}
        </a>
      )}
    </main>
  );
}

function Choices({ design: { choices, baseCost, optionsCost, currency } }: { design: SharedDesign }) {
  return (
    <dl class="shared-choices">
      {choices.map(({ title, value }) => (
        <div key={title}>
          <dt>
            <bdi>{title}</bdi>
          </dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
      <div class="shared-price">
        <dt>{words.total}</dt>
        <dd>{money(baseCost + optionsCost, currency)}</dd>
      </div>
    </dl>
  );
}
