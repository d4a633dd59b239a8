/** Something to read: plain text with its line breaks, and web addresses as links. No markup is ever understood. */

import type { StepOf } from "../../composing.ts";
import { words } from "../../words.ts";
import { Help } from "../field/field.tsx";
import "./information-step.css";

/** Up to what does not belong to an address: white space, and the sentence's own marks at its end. */
const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]])/;

export function InformationStep({ step }: { step: StepOf<"Information"> }) {
  return (
    <div class="information">
      {step.stepTitle && <h2>{step.stepTitle}</h2>}
      <Help id={`${step.stepName}-help`} text={step.helpText} />
      <PlainText text={step.content} />
    </div>
  );
}

export function PlainText({ text }: { text: string }) {
  const paragraphs = text.trim().split(/\n\s*\n/);
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <p key={index} class="plain-text" dir="auto">
          {paragraph
            .split(ADDRESS)
            .map((part, place) => (place % 2 === 1 ? <Address key={place} href={part} /> : part))}
        </p>
      ))}
    </>
  );
}

function Address({ href }: { href: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {href.replace(/^https?:\/\//, "").replace(/\/$/, "")}
      <span class="hidden"> ({words.opensNewTab})</span>
    </a>
  );
}
