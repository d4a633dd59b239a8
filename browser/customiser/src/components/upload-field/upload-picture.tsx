/** An upload in small. */

import { pictureHref, type Upload } from "../../uploads.ts";
import { Icon } from "../icon/icon.tsx";
import { DrawingView } from "../variant-picture/drawing-view.tsx";

export function UploadPicture({ upload }: { upload: Upload }) {
  return (
    <span class="upload-picture" aria-hidden="true">
      {upload.kind === "drawing" && <DrawingView asset={upload.sha256} />}
      {upload.kind === "picture" && <img src={pictureHref(upload)} alt="" />}
      {upload.kind === "video" && <Icon name="film" size={28} />}
    </span>
  );
}
