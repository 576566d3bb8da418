import type { LexicalDocument } from "@rose-ash/shared/models/document.ts";

/** As much of a drawn card as renaming its notes needs. */
export interface DrawnElement {
  querySelectorAll(
    selector: string,
  ): Iterable<{ getAttribute(name: string): string | null; setAttribute(name: string, value: string): void }>;
}

const NOTE = /^(#?fn(?:ref)?\d+)/;

/**
 * Gives the footnotes of one document ids of their own. Markdown numbers them from 1 in each card, so that in a text of two cards a
 * link would lead to the other card's note. The first card keeps its ids, unless HTML that somebody wrote has them.
 */
export function makeFootnotesApart(document: LexicalDocument): (card: DrawnElement) => void {
  const hasOwn = (document.root.children ?? []).some(({ type, html }) => type === "html" && /\bid=["']?fn/.test(String(html)));
  let cards = hasOwn ? 1 : 0;
  return (card) => {
    const named = [...card.querySelectorAll('[id^="fn"]')];
    if (named.length === 0 || ++cards === 1) return;
    const rename = (elements: typeof named, attribute: "id" | "href") => {
      for (const element of elements) {
        element.setAttribute(attribute, (element.getAttribute(attribute) ?? "").replace(NOTE, `$1-${cards}`));
      }
    };
    rename(named, "id");
    rename([...card.querySelectorAll('a[href^="#fn"]')], "href");
  };
}
