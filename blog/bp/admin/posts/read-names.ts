import type { FieldError, PostSettings, WritingService } from "@rose-ash/shared/contracts/writing.ts";
import type { Values } from "../pieces/desk.ts";
import { wordsIn } from "../pieces/words-in.ts";

type Found = Partial<Pick<PostSettings, "authorIds" | "productIds" | "tagIds" | "translationOf" | "seriesId">>;

/**
 * What a form says by name: people by their handles, products and posts by the last part of their addresses, tags as they are
 * called. Whoever edits everything names new tags and other authors; an author's list of authors stays as it is.
 */
export async function readNames(
  writing: WritingService,
  typed: Values,
  isEditor: boolean,
): Promise<{ settings: Found; newTags: readonly string[]; errors: readonly FieldError[] }> {
  const [handles, slugs, tags] = [wordsIn(typed["authors"]), wordsIn(typed["products"]), wordsIn(typed["tags"])];
  const original = (typed["translationOf"] ?? "").trim();
  const [people, products, known, originalId, series] = await Promise.all([
    writing.findPeople(handles),
    writing.findProducts(slugs),
    writing.findTags(tags),
    original === "" ? null : writing.findPostBySlug(original),
    writing.listSeries(),
  ]);
  const tagOf = (name: string) => known.find((tag) => tag.name.toLowerCase() === name.toLowerCase());
  const newTags = tags.filter((name) => tagOf(name) === undefined);
  const inSeries = series.find(({ slug }) => slug === typed["series"]);
  const missing = [
    ...(isEditor ? missingOf("authors", handles, people, "Nobody is called") : []),
    ...(isEditor && handles.length === 0 ? [{ field: "authors", message: "Somebody has to have written it." }] : []),
    ...missingOf("products", slugs, products, "The shop has nothing called"),
    ...(isEditor ? [] : newTags.map((name) => ({ field: "tags", message: `There is no tag “${name}”. An editor can make one.` }))),
    ...(original !== "" && originalId === null ? [{ field: "translationOf", message: `There is no post “${original}”.` }] : []),
    ...(typed["series"] && inSeries === undefined ? [{ field: "series", message: "There is no such series any more." }] : []),
  ];
  return {
    errors: missing,
    newTags: isEditor ? newTags : [],
    settings: {
      ...(isEditor && { authorIds: inOrder(handles, people) }),
      productIds: inOrder(slugs, products),
      tagIds: tags.flatMap((name) => tagOf(name)?.id ?? []),
      translationOf: originalId,
      seriesId: inSeries?.id ?? null,
    },
  };
}

function missingOf(field: string, asked: readonly string[], found: readonly { slug: string }[], words: string): FieldError[] {
  const lost = asked.filter((slug) => found.every((one) => one.slug !== slug));
  return lost.length > 0 ? [{ field, message: `${words} “${lost.join("”, “")}”.` }] : [];
}

function inOrder<Id>(slugs: readonly string[], found: readonly { id: Id; slug: string }[]): Id[] {
  return slugs.flatMap((slug) => found.find((one) => one.slug === slug)?.id ?? []);
}
