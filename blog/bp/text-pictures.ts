import type { Picture } from "@rose-ash/shared/contracts/dto.ts";
import type { MediaService } from "@rose-ash/shared/contracts/media.ts";
import { escapeHtml } from "@rose-ash/shared/infrastructure/templating/escape.ts";

/** The sanitiser's HTML is regular: attributes in double quotes. What stands before a picture of a gallery says how wide it is shown. */
const PICTURE = /(<div class="kg-gallery-image">(?:<a\b[^>]*>)?)?<img\b([^>]*)>/g;
const OURS = / src="([^"]*\/media\/[0-9a-f]{2}\/[0-9a-f]{64}\.[^"]+)"/g;
const SIZES = { text: "(width >= 44rem) 40rem, 100vw", gallery: "(width >= 44rem) 20rem, 50vw" };
const FOCUS_STEP = 5; // pictures.css has a class for each

/**
 * A text with each of our pictures in the sizes and formats that it was cut into. The stored text keeps the plain one, which is what
 * the editor, feeds and histories want; which sizes there are, and which point stays visible, is the library's to say.
 */
export async function withPictures(media: Pick<MediaService, "listPicturesAt">, html: string): Promise<string> {
  const urls = new Set([...html.matchAll(OURS)].map(([, url = ""]) => url));
  if (urls.size === 0) return html;
  const pictures = await media.listPicturesAt([...urls]);
  return html.replace(PICTURE, (whole, inGallery: string | undefined, attributes: string) => {
    const picture = pictures.get(/ src="([^"]*)"/.exec(attributes)?.[1] ?? "");
    if (picture === undefined) return whole;
    if (inGallery === undefined) return drawn(picture, attributes, SIZES.text);
    return `${inGallery.replace("kg-gallery-image", `kg-gallery-image ${shareOf(picture)}`)}${drawn(picture, attributes, SIZES.gallery)}`;
  });
}

function drawn(picture: Picture, attributes: string, sizes: string): string {
  const [, alt = ""] = / alt="([^"]*)"/.exec(attributes) ?? [];
  const [, classes = ""] = / class="([^"]*)"/.exec(attributes) ?? [];
  const named = [classes, focusOf(picture)].filter(Boolean).join(" ");
  const sources = picture.sources.map(({ type, srcset }) => `<source type="${type}" srcset="${srcset}" sizes="${sizes}">`).join("");
  const img =
    `<img src="${picture.url}" alt="${alt || escapeHtml(picture.alt)}" width="${picture.width}" height="${picture.height}"` +
    `${named === "" ? "" : ` class="${named}"`} loading="lazy" decoding="async">`;
  return sources === "" ? img : `<picture>${sources}${img}</picture>`;
}

/** In a row of a gallery pictures are as wide as makes them equally high, in steps for which prose-cards.css has classes. */
function shareOf({ width, height }: Picture): string {
  return `kg-share-${Math.min(24, Math.max(2, Math.round((8 * width) / height)))}`;
}

/** As components/picture.html rounds it. */
function focusOf({ focalX, focalY }: Picture): string {
  if (focalX === 50 && focalY === 50) return "";
  const step = (percent: number) => Math.round(percent / FOCUS_STEP) * FOCUS_STEP;
  return `focus-x-${step(focalX)} focus-y-${step(focalY)}`;
}
