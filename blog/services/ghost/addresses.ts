import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";

/** Stands for the address of Ghost's site, as Ghost itself stores it. */
const GHOST_PLACE = "__GHOST_URL__";

/** A value with every text in it changed. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === "string") return change(value) as T;
  if (Array.isArray(value)) return value.map((inner: unknown) => mapTexts(inner, change)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapTexts(inner, change)])) as T;
}

/** Every text in a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** Addresses of Ghost's site as Ghost stores them: two sites can only be compared so. ghostUrl "": nobody knows it. */
export function withoutOrigin<T>(value: T, ghostUrl: string): T {
  if (ghostUrl === "") return value;
  const site = new RegExp(`${ghostUrl.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&")}(?=[/"'?#\\s<>)]|$)`, "g");
  return mapTexts(value, (text) => text.replace(site, GHOST_PLACE));
}

/** The other way. */
export function withOrigin<T>(value: T, ghostUrl: string): T {
  return mapTexts(value, (text) => text.replaceAll(GHOST_PLACE, ghostUrl));
}

const GHOST_FILE = /__GHOST_URL__\/content\/(?:images|media|files)\/[^\s"'<>)\\]+/g;

/** Files of Ghost's that are shown by a text, as Ghost stores their addresses; each once. */
export function filesIn(value: unknown): string[] {
  return [...new Set(textsIn(value).flatMap((text) => text.match(GHOST_FILE) ?? []))];
}

/** Gives files and pictures their new addresses; what is not in the map stays. */
export function withFiles<T>(value: T, places: ReadonlyMap<string, string>): T {
  if (places.size === 0) return value;
  const placed = (url: string) => places.get(url) ?? url;
  return mapTexts(value, (text) => {
    const own = text.replace(GHOST_FILE, placed);
    if (places.has(own)) return placed(own);
    const inHtml = own.replace(SHOWN_IN_HTML, (_all, before: string, url: string) => before + (places.get(unescapeHtml(url)) ?? url));
    return inHtml.replace(SHOWN_IN_MARKDOWN, (_all, before: string, url: string) => before + placed(url));
  });
}

// as the value of src in HTML, and between the brackets of Markdown
const SHOWN_IN_HTML = /(<img\b[^>]*?\ssrc=["'])(https?:\/\/[^"'<>\s]+)/gi;
const SHOWN_IN_MARKDOWN = /(!\[[^\]\n]*\]\()(https?:\/\/[^\s)"'<>]+)/g;
const SHOWS_PICTURE = new Set([
  ...["src", "thumbnailSrc", "customThumbnailSrc", "productImageSrc", "backgroundImageSrc", "imageUrl", "icon", "thumbnail"],
]);
const IS_PICTURE_CARD = new Set(["image", "gallery"]);

/** Pictures on other sites that a text shows, each once: in cards, in HTML and in Markdown. */
export function picturesElsewhereIn(value: unknown): string[] {
  const found: string[] = [];
  collectPictures(value, "", found);
  return [...new Set(found)].filter((url) => url.length <= 2000);
}

/** card: the type of the card that it stands in; a src of another one is a film or a sound. */
function collectPictures(value: unknown, card: string, found: string[]): void {
  if (typeof value === "string") {
    for (const [, , url = ""] of value.matchAll(SHOWN_IN_HTML)) found.push(unescapeHtml(url));
    for (const [, , url = ""] of value.matchAll(SHOWN_IN_MARKDOWN)) found.push(url);
  } else if (typeof value === "object" && value !== null) {
    const type = "type" in value && typeof value.type === "string" ? value.type : card;
    for (const [key, inner] of Object.entries(value)) {
      const isShown = SHOWS_PICTURE.has(key) && (key !== "src" || IS_PICTURE_CARD.has(type));
      if (isShown && typeof inner === "string" && /^https?:\/\//.test(inner)) found.push(inner);
      else collectPictures(inner, type, found);
    }
  }
}

function unescapeHtml(url: string): string {
  return url.replaceAll("&amp;", "&");
}

/** Gives links to pieces of Ghost's their addresses here. places: by the path in Ghost, without slashes around it: "rye", "tag/news". */
export function withLinks<T>(value: T, places: ReadonlyMap<string, string>): T {
  return mapTexts(value, (text) => text.replace(GHOST_LINK, (all, path: string) => places.get(path.toLowerCase()) ?? all));
}

const GHOST_LINK = /__GHOST_URL__\/((?:tag\/)?[\w-]+)\/?(?=[#?"'\\\s<)]|$)/g;

// a path at the beginning of a text, or as an attribute's value in HTML
const OUR_PATH = /(^|\b(?:href|src)=["'])(\/(?!\/)[^\s"'<>]*)/g;
const IS_ADDRESS = new Set(["url", "src", "href", "buttonUrl", "icon", "thumbnail", "thumbnailSrc", "customThumbnailSrc", "html"]);

/** Paths of this site that a document names, each once. */
export function ourPathsIn(document: LexicalDocument): string[] {
  const found: string[] = [];
  mapOurPaths(document, (path) => {
    found.push(path);
    return path;
  });
  return [...new Set(found)];
}

/** Changes every path of this site in a document: elsewhere it would lead to the other's page of that name. */
export function mapOurPaths<T>(value: T, change: (path: string) => string): T {
  if (Array.isArray(value)) return value.map((inner: unknown) => mapOurPaths(inner, change)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    if (typeof inner !== "string" || !IS_ADDRESS.has(key)) return [key, mapOurPaths(inner, change)];
    return [key, inner.replace(OUR_PATH, (_all, before: string, path: string) => before + change(path))];
  });
  return Object.fromEntries(entries) as T;
}
