import type { FieldError, PieceForEditing, PostForEditing, PostSettings } from "@rose-ash/shared/contracts/writing.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { audienceOptions, audienceValue, readAudience } from "../pieces/audience.ts";
import { type Desk, type ReadForm, saveOf, type Values } from "../pieces/desk.ts";
import { readText } from "../pieces/read-text.ts";
import { readShare, shareValues } from "../pieces/share-fields.ts";
import { listOf, wordsIn } from "../pieces/words-in.ts";
import { readNames } from "./read-names.ts";

const LANGUAGES = ["en", "cy", "gd", "ga", "fr", "de", "es", "it", "pl", "pt", "uk", "ur"];

/** How posts are written. */
export const postDesk: Desk = { kind: "post", template: "admin/posts/show.html", valuesOf, readForm, optionsFor };

function valuesOf(piece: PieceForEditing): Values {
  const { settings, text, tags, authors, products, translationOf, series } = postOf(piece);
  return {
    ...{ title: settings.title, slug: settings.slug, excerpt: settings.excerpt, html: text.html },
    ...{ audience: audienceValue(settings.audience), language: settings.language, isFeatured: settings.isFeatured ? "yes" : "no" },
    ...{ pictureId: settings.pictureId === null ? "" : String(settings.pictureId) },
    ...{ pictureAlt: settings.pictureAlt, pictureCaption: settings.pictureCaption, canonicalUrl: settings.canonicalUrl ?? "" },
    ...{ series: series?.slug ?? "", seriesPosition: String(settings.seriesPosition), translationOf: translationOf?.slug ?? "" },
    ...shareValues(piece),
    tags: listOf(tags.map(({ name }) => name)),
    authors: listOf(authors.map(({ slug }) => slug)),
    products: listOf(products.map(({ slug }) => slug)),
  };
}

async function readForm(request: FastifyRequest, piece: PieceForEditing, values: Values): Promise<ReadForm> {
  const { services } = request.server;
  const { userId: by, actions } = adminOf(request);
  const post = postOf(piece);
  const isEditor = actions.includes("edit");
  const typed = { ...valuesOf(post), ...values };
  const [names, body] = await Promise.all([readNames(services.writing, typed, isEditor), readText(request.server, post, values)]);
  const plain = plainSettings(typed);
  const before = valuesOf(post);
  return {
    errors: [...plain.errors, ...services.writing.findMistakes(plain.settings), ...names.errors, ...body.errors],
    isChanged: body.text !== null || Object.entries(before).some(([name, value]) => name !== "html" && typed[name] !== value),
    async save(tx, expected) {
      const tagIds = names.newTags.length > 0 ? await services.writing.ensureTags(tx, wordsIn(typed["tags"])) : names.settings.tagIds;
      const settings = { ...plain.settings, ...names.settings, ...(tagIds && { tagIds }) };
      return services.writing.savePost(tx, { id: post.id, ...saveOf(expected), by, settings, ...(body.text && { text: body.text }) });
    },
  };
}

/** What can be said without asking anybody. */
function plainSettings(typed: Values): { settings: Partial<PostSettings>; errors: FieldError[] } {
  const text = (name: string) => (typed[name] ?? "").trim();
  const pictureId = text("pictureId");
  const errors = /^\d{0,15}$/.test(pictureId) ? [] : [{ field: "pictureId", message: "A picture has a number in the library." }];
  return {
    errors,
    settings: {
      ...{ title: text("title"), slug: text("slug"), excerpt: text("excerpt"), language: text("language") },
      ...{ audience: readAudience(text("audience")), isFeatured: text("isFeatured") === "yes", canonicalUrl: text("canonicalUrl") || null },
      ...{ pictureId: pictureId === "" ? null : (Number(pictureId) as MediaId) },
      ...{ pictureAlt: text("pictureAlt"), pictureCaption: text("pictureCaption") },
      ...readShare(typed),
      seriesPosition: Number(text("seriesPosition") || 0),
    },
  };
}

async function optionsFor(request: FastifyRequest, piece: PieceForEditing): Promise<object> {
  const { writing } = request.server.services;
  const { language, audience } = postOf(piece).settings;
  const [series, audiences, tags] = await Promise.all([writing.listSeries(), audienceOptions(writing, audience), writing.listTags()]);
  const inWords = new Intl.DisplayNames([request.server.runtime.site.locale], { type: "language", fallback: "code" });
  return {
    audiences,
    languages: [...new Set([language, ...LANGUAGES])].map((value) => ({ value, label: inWords.of(value) ?? value })),
    series: [{ value: "", label: "None" }, ...series.map(({ slug, title }) => ({ value: slug, label: title }))],
    tags: listOf(tags.map(({ name }) => name)),
  };
}

function postOf(piece: PieceForEditing): PostForEditing {
  if (piece.kind !== "post") throw new TypeError("a desk for posts was given a page");
  return piece;
}
