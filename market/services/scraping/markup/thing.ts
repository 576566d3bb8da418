/** An item of structured data, whatever notation it came in; types and property names are schema.org's, without its address. */
export interface Thing {
  readonly types: readonly string[];
  readonly id: string | null;
  readonly properties: ReadonlyMap<string, readonly (string | Thing)[]>;
}

/** A name of the vocabulary without its prefix: "http://schema.org/Product", "schema:Product" and "product.Product" are "Product". */
export function bareName(name: string): string {
  return name
    .trim()
    .replace(/^(?:https?:\/\/(?:www\.)?schema\.org\/|schema:)/i, "")
    .replace(/^.*[/#]/, "");
}

/** The first text of a property, also of the first thing in it by its own name; null: none. */
export function textProperty(thing: Thing, ...names: readonly string[]): string | null {
  for (const name of names) {
    for (const value of thing.properties.get(name) ?? []) {
      const text = typeof value === "string" ? value : textProperty(value, "name", "value", "url", "contentUrl");
      if (text?.trim()) return text.trim();
    }
  }
  return null;
}

/** The things in a property. */
export function thingsIn(thing: Thing, ...names: readonly string[]): Thing[] {
  return names.flatMap((name) => (thing.properties.get(name) ?? []).filter((value) => typeof value !== "string"));
}

/** The address of a thing, by its property or its id; null where it has none. */
export function addressOf(thing: Thing, base: URL): URL | null {
  const written = textProperty(thing, "url") ?? thing.id;
  return written ? URL.parse(written, base.href) : null;
}
