import sanitizeHtml from "sanitize-html";

const HEADINGS = ["h2", "h3", "h4"];
const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: [
    ...HEADINGS,
    ...["p", "br", "hr", "blockquote", "cite", "pre", "code", "ul", "ol", "li", "dl", "dt", "dd"],
    ...["a", "em", "strong", "b", "i", "s", "sub", "sup", "small", "mark", "abbr", "time", "kbd"],
    ...["figure", "figcaption", "img", "table", "caption", "thead", "tbody", "tr", "th", "td"],
  ],
  allowedAttributes: {
    a: ["href", "title", "rel"],
    img: ["src", "alt", "width", "height", "loading"],
    th: ["scope", "colspan", "rowspan"],
    td: ["colspan", "rowspan"],
    ol: ["start"],
    time: ["datetime"],
    abbr: ["title"],
    ...Object.fromEntries(HEADINGS.map((heading) => [heading, ["id"]])),
  },
  allowedSchemes: ["https", "http", "mailto"],
  allowedSchemesByTag: { img: ["https"] },
  allowProtocolRelative: false,
  transformTags: { h1: "h2", a: markOutside },
};

/** Keeps what an article may hold and drops the rest: no script, style, frame, form, handler or odd scheme survives. */
export function sanitiseHtml(html: string): string {
  return sanitizeHtml(html, OPTIONS);
}

/** The text without markup, one space between words: for search, excerpts and reading time. */
export function plainText(html: string): string {
  const spaced = html.replace(/<\/(p|h\d|li|td|th|blockquote|figcaption|dt|dd)>|<br ?\/?>/g, " $&");
  return decode(sanitizeHtml(spaced, { allowedTags: [], allowedAttributes: {} }))
    .replace(/\s+/g, " ")
    .trim();
}

function markOutside(tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag {
  const isOutside = /^https?:/i.test(attribs["href"] ?? "");
  return { tagName, attribs: isOutside ? { ...attribs, rel: "noopener noreferrer" } : attribs };
}

/** What sanitize-html escapes in text, read back. */
function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
