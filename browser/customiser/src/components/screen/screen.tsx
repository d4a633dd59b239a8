/** Whole screens that say one thing: loading, a problem, a choice to make first, done. */

import type { DesignResult } from "@spiff/protocol";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Product, WorkflowLink } from "../../guards.ts";
import { words } from "../../words.ts";
import { TopBar } from "../top-bar/top-bar.tsx";
import "./screen.css";

type Close = { close: (() => void) | undefined };

export function LoadingScreen({ text }: { text: string }) {
  return (
    <main class="screen" aria-busy="true">
      <span class="spinner" aria-hidden="true" />
      <p role="status">{text}</p>
    </main>
  );
}

interface ProblemProps extends Close {
  title: string;
  detail: string;
  retry: (() => void) | undefined;
}

export function ProblemScreen({ title, detail, retry, close }: ProblemProps) {
  return (
    <Page close={close}>
      <Heading>{title}</Heading>
      <p class="lead">{detail}</p>
      {retry && (
        <button type="button" class="button primary" onClick={retry}>
          {words.tryAgain}
        </button>
      )}
    </Page>
  );
}

interface ChooseProps extends Close {
  product: Product;
  choose: (link: WorkflowLink) => void;
}

export function ChooseScreen({ product, choose, close }: ChooseProps) {
  return (
    <Page close={close} title={product.name}>
      <Heading>{words.chooseDesign}</Heading>
      <ul class="choose-list">
        {product.workflows.map((link) => (
          <li key={link.id}>
            <button type="button" class="button card" onClick={() => choose(link)}>
              {link.name}
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}

interface DoneProps {
  result: DesignResult;
  handedOver: boolean;
  shopUrl: string | undefined;
}

export function DoneScreen({ result, handedOver, shopUrl }: DoneProps) {
  return (
    <Page close={undefined}>
      <img class="done-picture" src={result.previewImage} alt="" />
      <Heading>{words.done}</Heading>
      <p class="lead">{handedOver ? words.doneDetail : words.doneKept}</p>
      {!handedOver && shopUrl && (
        <a class="button primary" href={shopUrl}>
          {words.backToShop}
        </a>
      )}
      <p class="reference">{words.doneReference(result.transactionId)}</p>
    </Page>
  );
}

function Page({ close, title = "", children }: Close & { title?: string; children: ComponentChildren }) {
  return (
    <div class="screen-page">
      {close && <TopBar title={title} close={close} />}
      <main class="screen">{children}</main>
    </div>
  );
}

/** Takes the focus, so that what changed is read first. */
function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
