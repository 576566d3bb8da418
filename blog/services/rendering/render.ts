import type { Heading, Rendered } from "@rose-ash/shared/contracts/rendering.ts";
import { plainText, sanitiseHtml } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";
import { renderWithKoenig } from "./koenig.ts";
import { withParagraphs, withStandIns } from "./stand-ins.ts";

/** Everything that is stored of a checked document. Runs in the renderer's process. */
export async function render(document: LexicalDocument): Promise<Rendered> {
  const { document: known, unknownTypes } = withStandIns(withParagraphs(document));
  const html = sanitiseHtml(await renderWithKoenig(known));
  const plaintext = plainText(html);
  return {
    html,
    plaintext,
    wordCount: plaintext === "" ? 0 : plaintext.split(" ").length,
    headings: headingsIn(html),
    mediaUrls: mediaIn(html),
    unknownTypes,
  };
}

/** The sanitiser's HTML is regular: attributes in double quotes, every element closed. */
function headingsIn(html: string): Heading[] {
  const found = [...html.matchAll(/<h([2-4]) id="([^"]+)">(.*?)<\/h\1>/gs)];
  return found.map(([, level, id = "", inner = ""]) => ({ level: Number(level), id, text: plainText(inner) }));
}

function mediaIn(html: string): string[] {
  const played = [...html.matchAll(/<(?:img|audio|video)\b[^>]*?>/g)].flatMap(([tag]) => [...tag.matchAll(/ (?:src|poster)="([^"]+)"/g)]);
  const linked = [...html.matchAll(/<a\b[^>]* href="(\/media\/[^"]+)"/g)];
  return [...new Set([...played, ...linked].map(([, url = ""]) => url.replaceAll("&amp;", "&")))];
}
