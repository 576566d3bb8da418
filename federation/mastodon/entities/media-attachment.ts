import type { Picture } from "@rose-ash/shared/contracts/dto.ts";
import type { RemoteAttachment } from "@rose-ash/shared/contracts/statuses.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { At } from "./account.ts";

const PREVIEW_WIDTH = 400;

/** A picture of ours (docs: entities/MediaAttachment). */
export function mediaAttachment({ id, picture, description }: { id: MediaId; picture: Picture; description: string }, at: At) {
  const { url, width, height, focalX, focalY } = picture;
  const size = { width, height, size: `${width}x${height}`, aspect: width / height };
  return {
    ...{ id: String(id), type: "image", url: at(url), preview_url: at(previewOf(picture)), remote_url: null, preview_remote_url: null },
    ...{ text_url: null, description: description === "" ? null : description, blurhash: null },
    meta: { original: size, small: size, focus: { x: focalX / 50 - 1, y: 1 - focalY / 50 } },
  };
}

/**
 * Something that lies elsewhere. A picture that everybody may see is shown by our copy of it; all else is a link, as Mastodon says of
 * what it keeps no copy of. Nobody's phone asks the other host before somebody follows the link.
 */
export function remoteAttachment(
  { url, alt, path, width, height }: RemoteAttachment,
  id: string,
  { at, isForAll }: { at: At; isForAll: boolean },
) {
  const copy = path !== null && isForAll ? at(path) : null;
  const size = width === null || height === null ? {} : { width, height, size: `${width}x${height}`, aspect: width / height };
  return {
    ...{ id, type: copy === null ? "unknown" : "image", url: copy ?? url, preview_url: copy, remote_url: url, preview_remote_url: null },
    ...{ text_url: null, description: alt === "" ? null : alt, blurhash: null, meta: copy === null ? {} : { original: size, small: size } },
  };
}

function previewOf({ url, sources }: Picture): string {
  const sizes = (sources.find(({ type }) => type === "image/jpeg")?.srcset ?? "").split(", ").map((one) => one.split(" "));
  const [found] = sizes.find(([, width = ""]) => Number.parseInt(width, 10) >= PREVIEW_WIDTH) ?? [];
  return found || url;
}
