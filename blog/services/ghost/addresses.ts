import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";

/** Stands for the address of Ghost's site, as Ghost itself stores it. */
const GHOST_PLACE = "__GHOST_URL__";

/** A value with every text in it changed. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
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

/** Addresses of Ghost's site as Ghost stores them: two sites can only be compared so. */
export function withoutOrigin<T>(value: T, ghostUrl: string): T {
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

/** Gives files their new addresses; what is not in the map stays. */
export function withFiles<T>(value: T, places: ReadonlyMap<string, string>): T {
  return mapTexts(value, (text) => text.replace(GHOST_FILE, (url) => places.get(url) ?? url));
}

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
