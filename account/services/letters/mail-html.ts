import { htmlParts, wholeAddress } from "./html-parts.ts";

const INK = "color:#2c2522";
const SOFT = "color:#645a52";
const SERIF = "font-family:Fraunces,Georgia,serif";
const HEADING = `${INK};${SERIF};font-weight:600;line-height:1.25`;
const CARD = "background-color:#eee5d5;border-radius:6px;padding:16px 20px;margin:0 0 24px";

/** Mail programs know no style sheets: each tag brings its own. A tag that is not here is left out, its text stays. */
const STYLES: Readonly<Record<string, string>> = {
  p: "margin:0 0 20px",
  h2: `${HEADING};font-size:24px;margin:36px 0 12px`,
  h3: `${HEADING};font-size:20px;margin:28px 0 10px`,
  h4: `${HEADING};font-size:18px;margin:24px 0 8px`,
  h5: `${HEADING};font-size:17px;margin:24px 0 8px`,
  h6: `${HEADING};font-size:17px;margin:24px 0 8px`,
  a: "color:#a62b50;text-decoration:underline",
  ul: "margin:0 0 20px;padding:0 0 0 24px",
  ol: "margin:0 0 20px;padding:0 0 0 28px",
  li: "margin:0 0 8px",
  blockquote: `margin:0 0 24px;padding:2px 0 2px 18px;border-left:3px solid #a62b50;${SOFT};font-style:italic`,
  pre: "margin:0 0 24px;padding:14px 16px;background-color:#eee5d5;border-radius:6px;font-family:Menlo,Consolas,monospace;font-size:14px;line-height:1.5;white-space:pre-wrap;word-break:break-word",
  code: "font-family:Menlo,Consolas,monospace;font-size:0.9em",
  hr: "border:0;border-top:1px solid #ddd1be;margin:36px 0",
  figure: "margin:0 0 28px",
  figcaption: `${SOFT};font-size:15px;line-height:1.4;margin:8px 0 0`,
  img: "display:block;width:100%;max-width:600px;height:auto;border:0;border-radius:4px",
  table: "border-collapse:collapse;width:100%;margin:0 0 24px;font-size:16px",
  th: "text-align:left;padding:8px 10px;border-bottom:2px solid #2c2522;vertical-align:bottom",
  td: "padding:8px 10px;border-bottom:1px solid #ddd1be;vertical-align:top",
  caption: `${SOFT};text-align:left;font-size:15px;padding:0 0 8px`,
  dl: "margin:0 0 20px",
  dt: "font-weight:600;margin:12px 0 2px",
  dd: "margin:0 0 8px 20px",
  mark: "background-color:#f7e6c3;color:#2c2522",
  sup: "line-height:0;font-size:0.75em",
  sub: "line-height:0;font-size:0.75em",
  ...Object.fromEntries(
    ["em", "strong", "b", "i", "u", "s", "del", "ins", "small", "br", "thead", "tbody", "tfoot", "tr", "span", "div"].map((tag) => [
      tag,
      "",
    ]),
  ),
};

/** By its class a card of the editor looks like one here, too. */
const CARDS: readonly (readonly [RegExp, string])[] = [
  [
    /\bkg-btn\b/,
    "display:inline-block;background-color:#a62b50;color:#fff8f5;padding:12px 22px;border-radius:6px;font-weight:600;text-decoration:none",
  ],
  [/\bkg-bookmark-container\b/, "color:#a62b50;font-weight:600;text-decoration:underline"],
  [/\bkg-bookmark-(description|metadata)\b/, `${SOFT};font-size:15px;margin:4px 0 0`],
  [/\bkg-(callout|toggle|product|file|bookmark|embed|audio|video|cta|signup|header)-card\b/, CARD],
  [/\bkg-align-center\b/, "text-align:center"],
];

/** What opens by a click, or plays, does neither in a mail. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  details: "div",
  summary: "p",
  section: "div",
  cite: "em",
  abbr: "span",
  time: "span",
  kbd: "code",
};
const KEPT = new Set(["href", "src", "alt", "title", "colspan", "rowspan", "start"]);
const VOID = new Set(["img", "br", "hr"]);

/**
 * A text of the blog as mail programs show it: html has passed the sanitiser, and the same tags come out with their styles inside,
 * whole addresses, and a link to the text in place of what plays. origin: the blog's; url: where the text can be read; "" nowhere.
 */
export function mailHtml(html: string, { origin, url }: { origin: string; url: string }): string {
  let silent = ""; // the player whose inside is left out
  return htmlParts(html)
    .map((part) => {
      if (part.kind === "text") return silent ? "" : part.text;
      if (part.tag === "audio" || part.tag === "video") {
        silent = part.kind === "open" ? part.tag : "";
        return part.kind === "open" && url !== ""
          ? `<a href="${url}" style="${STYLES["a"]}">${part.tag === "audio" ? "Listen to it" : "Watch it"} on the site</a>`
          : "";
      }
      if (silent) return "";
      const tag = SHOWN_AS[part.tag] ?? part.tag;
      if (!(tag in STYLES)) return "";
      if (part.kind === "close") return VOID.has(tag) ? "" : `</${tag}>`;
      return open(tag, part.tag === "summary" ? "font-weight:600;margin:0 0 8px" : styleOf(tag, part.attributes), part.attributes, origin);
    })
    .join("");
}

function styleOf(tag: string, attributes: ReadonlyMap<string, string>): string {
  const classes = attributes.get("class") ?? "";
  const card = CARDS.filter(([pattern]) => pattern.test(classes)).map(([, style]) => style);
  return [STYLES[tag] ?? "", ...card].filter((style) => style !== "").join(";");
}

function open(tag: string, style: string, attributes: ReadonlyMap<string, string>, origin: string): string {
  const kept = [...attributes]
    .filter(([name, value]) => KEPT.has(name) && !(name === "href" && value.startsWith("#"))) // to places in the page: there are none in a mail
    .map(([name, value]) => ` ${name}="${name === "href" || name === "src" ? wholeAddress(value, origin) : value}"`);
  const width = tag === "img" ? ` width="${Math.min(Number(attributes.get("width")) || 560, 560)}"` : "";
  const role = tag === "table" ? ' cellpadding="0" cellspacing="0"' : "";
  return `<${tag}${kept.join("")}${width}${role}${style === "" ? "" : ` style="${style}"`}>`;
}
