import sanitizeHtml from "sanitize-html";

const HEADINGS = ["h2", "h3", "h4", "h5", "h6"];
// what the editor's cards are called, in the style sheet as well; no other class of the page can be borrowed
const CARD_CLASSES = ["kg-*"];
const FOOTNOTE = /^fn(ref)?[\w:-]*$/;
const OWN_MEDIA = /^\/media\//;

/** Markdown's tables always have a head; one that says nothing would only be read out as empty. */
const EMPTY_HEAD = /<thead>\s*<tr>(?:\s*<th\b[^<>]*>\s*<\/th>)+\s*<\/tr>\s*<\/thead>/g;

const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    ...HEADINGS,
    ...["p", "br", "hr", "blockquote", "cite", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd", "div", "section"],
    ...["a", "em", "strong", "b", "i", "u", "s", "del", "ins", "sub", "sup", "small", "mark", "abbr", "time", "kbd", "span"],
    ...["figure", "figcaption", "img", "audio", "video", "details", "summary"],
    ...["table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"],
  ],
  allowedAttributes: {
    a: ["href", "title", "rel", "download", "id"],
    img: ["src", "alt", "width", "height", "loading"],
    audio: ["src", "controls", "preload"],
    video: ["src", "controls", "preload", "playsinline", "loop", "width", "height", "poster"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    ol: ["start"],
    li: ["id"],
    time: ["datetime"],
    abbr: ["title"],
    ...Object.fromEntries(HEADINGS.map((heading) => [heading, ["id"]])),
  },
  allowedClasses: {
    ...Object.fromEntries(["div", "figure", "img", "details", "p", "a", "span", "blockquote"].map((tag) => [tag, CARD_CLASSES])),
    ...Object.fromEntries(["section", "sup", "li", "hr", "ol"].map((tag) => [tag, ["footnote*"]])),
    a: [...CARD_CLASSES, "footnote*"],
    code: ["language-*"],
  },
  allowedSchemes: ["https", "http", "mailto"],
  allowedSchemesByTag: { img: ["https"] },
  allowProtocolRelative: false,
  transformTags: { h1: "h2", a: markOutside, li: keepFootnote, audio: playOwn, video: playOwn },
  exclusiveFilter: ({ tag, attribs }) => (isEmptyShell(tag, attribs) ? "excludeTag" : false),
};

/** Keeps what an article may hold and drops the rest: no script, style, frame, form, handler or odd scheme survives. */
export function sanitiseHtml(html: string): string {
  return sanitizeHtml(html, OPTIONS).replace(EMPTY_HEAD, "");
}

const SHORT: sanitizeHtml.IOptions = {
  allowedTags: ["p", "br", "a", "em", "strong", "b", "i", "del", "code", "ul", "ol", "li", "blockquote"],
  allowedAttributes: { a: ["href", "rel"] },
  allowedSchemes: ["https", "http"],
  allowProtocolRelative: false,
  transformTags: {
    a: (tagName, { href = "" }) => ({ tagName, attribs: { href, rel: "nofollow noopener noreferrer" } }),
    ...Object.fromEntries(["h1", "h2", "h3", "h4", "h5", "h6", "div"].map((tag) => [tag, "p"])),
  },
};

/** Keeps a few lines of text with links, as people write about themselves: no pictures, headings, classes or ids. */
export function sanitiseShort(html: string): string {
  return sanitizeHtml(html, SHORT);
}

/** The text without markup, one space between words: for search, excerpts and reading time. */
export function plainText(html: string): string {
  const spaced = html.replace(/<\/?(p|div|h\d|li|td|th|blockquote|figcaption|summary|dt|dd|pre)\b[^<>]*>|<br ?\/?>/g, " $&");
  return decode(sanitizeHtml(spaced, { allowedTags: [], allowedAttributes: {} }))
    .replace(/\s+/g, " ")
    .trim();
}

function markOutside(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const isOutside = /^https?:/i.test(attribs["href"] ?? "");
  const kept = keepFootnote(tagName, attribs).attribs;
  return { tagName, attribs: isOutside ? { ...kept, rel: "noopener noreferrer" } : kept };
}

/** Footnotes and the way back need ids; another id could shadow one of the page's own. */
function keepFootnote(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const { id, ...others } = attribs;
  return { tagName, attribs: id !== undefined && FOOTNOTE.test(id) ? attribs : others };
}

/** A reader's browser would ask the other site for it before anybody pressed play. */
function playOwn(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const isOwn = ([name, value]: [string, string]) => !["src", "poster"].includes(name) || OWN_MEDIA.test(value);
  return { tagName, attribs: Object.fromEntries(Object.entries(attribs).filter(isOwn)) };
}

/** A picture or player with nothing to show; a span that only carried a style. */
function isEmptyShell(tag: string, attribs: sanitizeHtml.Attributes): boolean {
  return (["img", "audio", "video"].includes(tag) && !attribs["src"]) || (tag === "span" && !attribs["class"]);
}

/** What sanitize-html escapes in text, read back. */
function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
