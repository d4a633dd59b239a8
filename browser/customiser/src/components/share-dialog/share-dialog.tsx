/** The links of a design: one to go on with it later or elsewhere, one to show it. They are made when they are asked for. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LinkPurpose } from "../../platform.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { IconButton } from "../icon/icon.tsx";
import { LinkField } from "./link-field.tsx";
import { QrPicture } from "./qr-picture.tsx";
import "./share-dialog.css";

export interface ShareDialogProps {
  close: () => void;
}

export function ShareDialog({ close }: ShareDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  // The browser keeps the focus inside, and gives it back to the button when the dialog closes.
  useEffect(() => dialog.current?.showModal(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    // Only this closes, not the customiser.
    event.preventDefault();
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="share-dialog" aria-labelledby="share-title" onClose={close} onKeyDown={onKeyDown}>
      <div class="share-head">
        <h2 id="share-title">{words.saveAndShare}</h2>
        <IconButton name="close" label={words.closeDialog} press={() => dialog.current?.close()} />
      </div>
      <LinkPart purpose="resume" title={words.goOnLater} detail={words.goOnLaterDetail} />
      <LinkPart purpose="view" title={words.showOthers} detail={words.showOthersDetail} />
    </dialog>
  );
}

interface LinkPartProps {
  purpose: LinkPurpose;
  title: string;
  detail: string;
}

function LinkPart({ purpose, title, detail }: LinkPartProps) {
  const { links } = useWorkbench().session;
  const failed = useSignal(false);
  const said = useSignal("");
  const address = links.made.value[purpose];
  const attempt = (action: () => Promise<void>, then = ""): void => {
    failed.value = false;
    action().then(
      () => {
        said.value = then;
      },
      () => {
        failed.value = true;
      },
    );
  };
  return (
    <section class="share-part" aria-label={title}>
      <h3>{title}</h3>
      <p class="help">{detail}</p>
      {address ? (
        <>
          <LinkField address={address} title={title} said={said} />
          {purpose === "resume" && <QrPicture text={address} />}
          <button
            type="button"
            class="link"
            onClick={() => attempt(() => links.takeBack(purpose), words.linksTakenBack)}
          >
            {words.takeBackLinks}
          </button>
        </>
      ) : (
        <button type="button" class="button quiet" onClick={() => attempt(() => links.make(purpose))}>
          {words.makeLink}
        </button>
      )}
      <p role="status" class="share-said">
        {failed.value ? words.linkAway : said.value}
      </p>
    </section>
  );
}
