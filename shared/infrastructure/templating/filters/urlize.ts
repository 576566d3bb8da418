import { escapeHtml } from "../escape.ts";
import { characterCount, pieceOf } from "../sequence.ts";

/** How links look. */
export interface LinkStyle {
  /** Longer addresses are shown shortened. */
  readonly limit: number | null;
  readonly rel: string;
  readonly target: string | null;
  /** Further beginnings of addresses, as "tel:". */
  readonly schemes: readonly string[];
}

const LETTER = "[\\p{L}\\p{N}_%-]";
const TOP_LEVEL = "com|net|int|edu|gov|org|info|mil";
const WEB = new RegExp(
  `^((https?://|www\\.)((${LETTER}+\\.)+)?([a-z]{2,63}|xn--[\\p{L}\\p{N}_%]{2,59})|(${LETTER}{2,63}\\.)+(${TOP_LEVEL})|(https?://)((([\\d]{1,3})(\\.[\\d]{1,3}){3})|(\\[([\\da-f]{0,4}:){2}([\\da-f]{0,4}:?){1,6}\\])))(?::[\\d]{1,5})?(?:[/?#]\\S*)?$`,
  "iu",
);
const MAIL = /^\S+@[\p{L}\p{N}_][\p{L}\p{N}_.-]*\.[\p{L}\p{N}_]+$/u;
const BRACKETS = [
  ["(", ")"],
  ["<", ">"],
  ["&lt;", "&gt;"],
] as const;

/** HTML in which addresses of pages and mailboxes are links. html: text that is escaped. */
export function urlize(html: string, style: LinkStyle): string {
  return html
    .split(/(\s+)/)
    .map((word) => linked(word, style))
    .join("");
}

function linked(word: string, style: LinkStyle): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? "";
  const rest = word.slice(head.length);
  const end = /(?:[)>.,\n]|&gt;)+$/.exec(rest)?.[0] ?? "";
  const [middle, tail] = balanced(rest.slice(0, rest.length - end.length), end);
  return head + (link(middle, style) ?? middle) + tail;
}

/** Brackets that the address itself opened belong to it. */
function balanced(address: string, end: string): [middle: string, tail: string] {
  let [middle, tail] = [address, end];
  for (const [open, close] of BRACKETS) {
    const opened = count(middle, open);
    if (opened <= count(middle, close)) continue;
    for (let left = Math.min(opened, count(tail, close)); left > 0; left--) {
      const to = tail.indexOf(close) + close.length;
      middle += tail.slice(0, to);
      tail = tail.slice(to);
    }
  }
  return [middle, tail];
}

function link(address: string, style: LinkStyle): string | null {
  const extras = `${style.rel === "" ? "" : ` rel="${escapeHtml(style.rel)}"`}${style.target === null ? "" : ` target="${escapeHtml(style.target)}"`}`;
  if (WEB.test(address)) {
    const href = /^https?:\/\//.test(address) ? address : `https://${address}`;
    return `<a href="${href}"${extras}>${shortened(address, style.limit)}</a>`;
  }
  if (address.startsWith("mailto:") && MAIL.test(address.slice(7))) return `<a href="${address}">${address.slice(7)}</a>`;
  const isMail =
    address.includes("@") && !address.startsWith("www.") && !address.startsWith("@") && !address.includes(":") && MAIL.test(address);
  if (isMail) return `<a href="mailto:${address}">${address}</a>`;
  const known = style.schemes.find((scheme) => address !== scheme && address.startsWith(scheme));
  return known === undefined ? null : `<a href="${address}"${extras}>${address}</a>`;
}

function shortened(address: string, limit: number | null): string {
  return limit !== null && characterCount(address) > limit ? `${pieceOf(address, 0, limit)}...` : address;
}

function count(value: string, part: string): number {
  return value.split(part).length - 1;
}
