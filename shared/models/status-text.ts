/** One piece of what somebody typed. */
type Piece =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "link"; readonly text: string }
  | { readonly kind: "mention"; readonly text: string; readonly handle: string }
  | { readonly kind: "tag"; readonly text: string; readonly tag: string };

/** Where the names in a text lead; null: nobody is called so, and it stays plain. */
export interface TextLinks {
  mention(handle: string): string | null;
  tag(tag: string): string;
}

const LINK = /https?:\/\/[^\s<>"'`]+/u;
const MENTION = /(?<![\w@/.])@[a-z0-9_][\w.-]*(?:@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?)?/iu;
const TAG = /(?<![\p{L}\p{N}_&/#])#[\p{L}\p{N}_]{1,100}/u;
const PIECE = new RegExp(`${LINK.source}|${MENTION.source}|${TAG.source}`, "giu");
const ENDING = /[.,;:!?…]+$/u;

/** The names that a text mentions, in small letters and without the first "@": "ada", "ada@theirs.example". Each once. */
export function mentionsIn(text: string): readonly string[] {
  return [...new Set(piecesOf(text).flatMap((piece) => (piece.kind === "mention" ? piece.handle : [])))];
}

/** The tags that a text carries, in small letters and without "#". Each once. */
export function tagsIn(text: string): readonly string[] {
  return [...new Set(piecesOf(text).flatMap((piece) => (piece.kind === "tag" ? piece.tag : [])))];
}

/** What somebody typed, as HTML: a line that is empty ends a paragraph; addresses, names and tags lead somewhere; all else is text. */
export function htmlOfText(text: string, links: TextLinks): string {
  const paragraphs = text
    .replace(/\r\n?/g, "\n")
    .trim()
    .split(/\n{2,}/);
  return paragraphs
    .map(
      (paragraph) =>
        `<p>${piecesOf(paragraph)
          .map((piece) => htmlOf(piece, links))
          .join("")}</p>`,
    )
    .join("");
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PIECE)) {
    const piece = pieceOf(match[0]);
    if (piece === null) continue;
    pieces.push({ kind: "words", text: text.slice(from, match.index) }, piece);
    from = match.index + piece.text.length;
  }
  return [...pieces, { kind: "words", text: text.slice(from) }];
}

/** Full stops and the like at its end belong to the sentence; so does a bracket that was not opened in it. */
function pieceOf(found: string): Piece | null {
  const text = found.replace(ENDING, "").replace(/[.-]+$/, "");
  if (/^https?:/i.test(text)) {
    const link = text.endsWith(")") && !text.includes("(") ? text.slice(0, -1) : text;
    return URL.canParse(link) ? { kind: "link", text: link } : null;
  }
  if (text.startsWith("@")) return { kind: "mention", text, handle: text.slice(1).toLowerCase() };
  return /\p{L}/u.test(text) ? { kind: "tag", text, tag: text.slice(1).toLowerCase() } : null; // #1 is a number
}

function htmlOf(piece: Piece, links: TextLinks): string {
  const words = escaped(piece.text).replaceAll("\n", "<br>");
  if (piece.kind === "words") return words;
  const to = piece.kind === "link" ? piece.text : piece.kind === "tag" ? links.tag(piece.tag) : links.mention(piece.handle);
  return to === null ? words : `<a href="${escaped(to)}">${words}</a>`;
}

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
