const LABELS = /^.*(?:brand|marke|hersteller|marque|marca|merk|marka|značka|manufacturer|producent|производитель|бренд)\s*[:：]\s*/iu;
const VISIT =
  /^(?:visit(?:er|a|e|ar|eer)?|besuchen(?: sie)?|odwiedź|navštivte|besök)\s+(?:the|den|la|le|el|lo|a|de)?\s*(?:boutique|store|tienda|loja|negozio|winkel)?\s*(?:di|de|von|da|van)?\s+(.+?)(?:[\s-]?(?:store|shop|butik))?$/iu;
const BY = /^(?:by|von|par|di|da|por|van|от)\s+(?=\p{Lu})/u;

/** The name alone of what links and labels say of a brand: "Brand: Oakley", "Visit the Oakley Store" and "by Oakley" are "Oakley". */
export function bareBrand(text: string): string {
  const plain = text.replace(LABELS, "").replace(BY, "").trim();
  return VISIT.exec(plain)?.[1] ?? plain;
}
