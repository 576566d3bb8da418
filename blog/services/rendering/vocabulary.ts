type Kind = "text" | "number" | "yes-or-no" | "object" | "list";

const KINDS: Record<Kind, string> = { text: "text", number: "a number", "yes-or-no": "yes or no", object: "an object", list: "a list" };
const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "text"] as const));
const numbers = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "number"] as const));
const flags = (...names: string[]) => Object.fromEntries(names.map((name) => [name, "yes-or-no"] as const));

const letters = { ...texts("text"), ...numbers("format") };
const heading = texts("tag");

/** What stands in a line. */
const INLINE: Record<string, Record<string, Kind>> = {
  text: letters,
  "extended-text": letters,
  tab: letters,
  tk: letters,
  linebreak: {},
  zwnj: {},
  link: texts("url", "rel", "title", "target"),
  "at-link": texts("label", "placeholder"),
  "at-link-search": letters,
};

/** What holds lines or other blocks. */
const BLOCKS: Record<string, Record<string, Kind>> = {
  root: {},
  paragraph: {},
  heading,
  "extended-heading": heading,
  quote: {},
  "extended-quote": {},
  aside: {},
  list: { ...texts("listType", "tag"), ...numbers("start") },
  listitem: numbers("value"),
};

/** Koenig's cards, with the properties that its renderers read: a value of another kind would break them. */
const CARDS: Record<string, Record<string, Kind>> = {
  image: { ...texts("src", "caption", "title", "alt", "cardWidth", "href"), ...numbers("width", "height") },
  gallery: { ...texts("caption"), images: "list" },
  codeblock: texts("code", "language", "caption"),
  markdown: texts("markdown"),
  html: { ...texts("html"), visibility: "object" },
  horizontalrule: {},
  callout: texts("calloutText", "calloutEmoji", "backgroundColor"),
  toggle: texts("heading", "content"),
  button: texts("buttonText", "alignment", "buttonUrl"),
  bookmark: { ...texts("title", "description", "url", "caption", "author", "publisher", "icon", "thumbnail"), metadata: "object" },
  embed: { ...texts("url", "embedType", "html", "caption"), metadata: "object" },
  file: texts("src", "fileTitle", "fileCaption", "fileName"),
  audio: texts("mimeType", "src", "title", "thumbnailSrc"),
  video: {
    ...texts("src", "caption", "fileName", "mimeType", "thumbnailSrc", "customThumbnailSrc", "cardWidth"),
    ...numbers("width", "height"),
    ...flags("loop"),
  },
  product: {
    ...texts("productImageSrc", "productTitle", "productDescription", "productButton", "productUrl"),
    ...numbers("productStarRating"),
    ...flags("productRatingEnabled", "productButtonEnabled"),
  },
  header: { ...texts("header", "subheader", "buttonText", "buttonUrl", "backgroundImageSrc", "size", "style"), ...flags("buttonEnabled") },
  signup: texts("header", "subheader", "disclaimer", "buttonText", "backgroundImageSrc"),
  "call-to-action": {
    ...texts("textValue", "buttonText", "buttonUrl", "sponsorLabel", "imageUrl", "backgroundColor"),
    ...flags("showButton", "hasSponsorLabel"),
    visibility: "object",
  },
  paywall: {},
  email: texts("html"),
  "email-cta": texts("html", "buttonText", "buttonUrl", "segment", "alignment"),
  transistor: { ...texts("accentColor", "backgroundColor"), visibility: "object" },
};

const HOLDERS = new Set([...Object.keys(BLOCKS), "link", "at-link"]);
const NODES = new Map(Object.entries({ ...INLINE, ...BLOCKS, ...CARDS }));

/** Whether this site can render nodes of the type. */
export const isKnown = (type: string): boolean => NODES.has(type);

/** Whether nodes of the type stand in a line of text. */
export const isInline = (type: string): boolean => Object.hasOwn(INLINE, type);

/** Whether nodes of the type hold other nodes. */
export const holdsNodes = (type: string): boolean => HOLDERS.has(type);

/** What is wrong with a node of a known type, in words; "" when nothing is. A property that we don't know is none of our business. */
export function complaintAbout(node: Readonly<Record<string, unknown>>): string {
  const { type } = node;
  for (const [name, kind] of Object.entries(NODES.get(String(type)) ?? {})) {
    if (!isOfKind(node[name], kind)) return `“${name}” of a node “${type}” is not ${KINDS[kind]}`;
  }
  return type === "gallery" ? complaintAboutImages(node["images"]) : "";
}

function complaintAboutImages(images: unknown): string {
  const isImage = (image: unknown) =>
    isOfKind(image, "object") && image !== null && image !== undefined && isOfKind((image as Record<string, unknown>)["src"], "text");
  return !Array.isArray(images) || images.every(isImage) ? "" : "a gallery holds something that is not a picture";
}

/** Ghost writes null where nothing was chosen, and numbers as text where HTML had them. */
function isOfKind(value: unknown, kind: Kind): boolean {
  if (value === undefined || value === null) return true;
  if (kind === "text") return typeof value === "string";
  if (kind === "number") return typeof value === "number" || (typeof value === "string" && /^\d*$/.test(value));
  if (kind === "yes-or-no") return typeof value === "boolean";
  return typeof value === "object" && Array.isArray(value) === (kind === "list");
}
