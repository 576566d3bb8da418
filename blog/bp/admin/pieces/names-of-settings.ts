import type { Revision, WritingService } from "@rose-ash/shared/contracts/writing.ts";
import { audienceValue } from "./audience.ts";
import type { Values } from "./desk.ts";

/** The settings of a revision in words, under the names of the form's fields. What no longer exists is called by its number. */
export async function namesOfSettings(writing: WritingService, settings: Revision["settings"]): Promise<Values> {
  const ids = (name: string) => [settings[name] ?? []].flat().map(Number);
  const { tags, people, products, posts, series } = await writing.namesOf({
    ...{ tags: ids("tagIds"), people: ids("authorIds"), products: ids("productIds") },
    ...{ posts: ids("translationOf"), series: ids("seriesId") },
  });
  const named = (names: ReadonlyMap<number, string>, name: string) =>
    ids(name)
      .map((id) => names.get(id) ?? `no. ${id}`)
      .join(", ");
  const { tagIds: _tags, authorIds: _authors, productIds: _products, seriesId: _series, translationOf: _of, ...plain } = settings;
  const words = Object.entries(plain).map(([name, value]) => [name, wordsOf(value)]);
  if (Object.keys(settings).length === 0) return {};
  return {
    ...Object.fromEntries(words),
    audience: audienceValue(typeof settings["audience"] === "string" ? settings["audience"] : null),
    ...{ tags: named(tags, "tagIds"), authors: named(people, "authorIds"), products: named(products, "productIds") },
    ...{ translationOf: named(posts, "translationOf"), series: named(series, "seriesId") },
  };
}

function wordsOf(value: Revision["settings"][string] | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value === null || value === undefined ? "" : String(value);
}
