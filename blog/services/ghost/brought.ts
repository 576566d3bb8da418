import type { PieceText, PostSettings } from "@rose-ash/shared/contracts/writing.ts";
import type { MediaId, UserId } from "@rose-ash/shared/models/ids.ts";
import { mapTexts, withFiles, withOrigin } from "./addresses.ts";
import { plain } from "./captions.ts";
import type { Face, Field } from "./face.ts";
import { type Fetched, fetchFiles } from "./files.ts";
import { unwrapForeign } from "./foreign-nodes.ts";
import { NotTaken } from "./not-taken.ts";
import { audienceOf } from "./our-face.ts";
import type { GhostParts } from "./parts.ts";
import type { GhostAuthor } from "./resources.ts";

/** What is to be written here, ready for a transaction: all but the tags, which are made inside of it. */
export interface Brought {
  readonly text: PieceText | undefined;
  readonly settings: Partial<Omit<PostSettings, "tagIds" | "slug">>;
  /** For editors: what is not here as it is there. */
  readonly notes: readonly string[];
}

const PICTURES = ["picture", "ogPicture", "twitterPicture"] as const;

/** Makes ready what these fields of Ghost's come to here: files fetched, the text rendered, authors found by their addresses. */
export async function bring(parts: GhostParts, given: Face, fields: ReadonlySet<Field>, authors: readonly GhostAuthor[]): Promise<Brought> {
  const face = withOwnMedia(parts, given);
  const pictures = PICTURES.filter((field) => fields.has(field)).map((field) => ({ type: "image", src: face[field] })); // as a card shows one
  const shown = [fields.has("text") ? face.text : "", ...pictures];
  const { files, missing } = await fetchFiles(parts, shown);
  const members = fields.has("authors") ? await parts.services.ghost.findMembers(face.authors) : [];
  const unknown = fields.has("authors") ? authors.filter(({ email }) => !members.some((one) => one.email === email.toLowerCase())) : [];
  const places = new Map([...files].map(([url, { path }]) => [url, path]));
  const [pictureId = null, ogPictureId = null, twitterPictureId = null] = PICTURES.map((field) => files.get(face[field])?.mediaId ?? null);
  return {
    text: fields.has("text") ? await textOf(parts, withFiles(face.text, places)) : undefined,
    settings: settingsOf(face, fields, { pictureId, ogPictureId, twitterPictureId, authorIds: members.map(({ userId }) => userId) }),
    notes: [
      ...(unknown.length > 0 ? [`By ${unknown.map(({ name }) => name).join(", ")} in Ghost, who is no member here.`] : []),
      ...missingNotes(missing, parts.client.url),
      ...(fields.has("picture") && face.picture !== "" && pictureId === null && missing.length === 0 ? ["Its picture is not here."] : []),
    ],
  };
}

/** What went to Ghost from here stands there with our address; here it is a path again. */
function withOwnMedia({ publicUrl }: GhostParts, face: Face): Face {
  const [there, here] = [publicUrl("blog", "/media/"), "/media/"];
  return mapTexts(face, (text) => text.replaceAll(there, here));
}

const MOST_NAMED = 5;

/** Each with its reason; of many the first ones. */
function missingNotes(missing: Fetched["missing"], ghostUrl: string): string[] {
  const named = missing.slice(0, MOST_NAMED).map(({ url, why }) => `${withOrigin(url, ghostUrl)} is not in the library: ${why}.`);
  const left = missing.length - named.length;
  return left > 0 ? [...named, `Nor are ${left} more.`] : named;
}

type PictureIds = Readonly<Record<"pictureId" | "ogPictureId" | "twitterPictureId", MediaId | null>>;

function settingsOf(
  face: Face,
  fields: ReadonlySet<Field>,
  { pictureId, ogPictureId, twitterPictureId, authorIds }: PictureIds & { authorIds: readonly UserId[] },
): Brought["settings"] {
  const has = (field: Field) => fields.has(field);
  return {
    ...(has("title") && { title: face.title.trim() || "(Untitled)" }),
    ...(has("excerpt") && { excerpt: face.excerpt.slice(0, 1000) }),
    ...(has("visibility") && { audience: audienceOf(face.visibility) }),
    ...(has("featured") && { isFeatured: face.featured }),
    ...(has("canonicalUrl") && { canonicalUrl: /^https?:\/\//.test(face.canonicalUrl) ? face.canonicalUrl : null }),
    ...(has("picture") && { pictureId }),
    ...(has("pictureAlt") && { pictureAlt: face.pictureAlt.slice(0, 500) }),
    ...(has("pictureCaption") && { pictureCaption: plain(face.pictureCaption).slice(0, 1000) }),
    ...(has("authors") && (authorIds.length > 0 || face.authors.length === 0) && { authorIds }), // strangers take nobody's place
    ...(has("metaTitle") && { metaTitle: face.metaTitle.slice(0, 300) }),
    ...(has("metaDescription") && { metaDescription: face.metaDescription.slice(0, 500) }),
    ...(has("ogTitle") && { ogTitle: face.ogTitle.slice(0, 300) }),
    ...(has("ogDescription") && { ogDescription: face.ogDescription.slice(0, 500) }),
    ...(has("ogPicture") && { ogPictureId }),
    ...(has("twitterTitle") && { twitterTitle: face.twitterTitle.slice(0, 300) }),
    ...(has("twitterDescription") && { twitterDescription: face.twitterDescription.slice(0, 500) }),
    ...(has("twitterPicture") && { twitterPictureId }),
  };
}

/** A node that this site does not know is kept, and shown as a note. Links to the other site stay links to it. */
async function textOf({ client, rendering }: GhostParts, written: Face["text"]): Promise<PieceText> {
  const text = withOrigin(written, client.url);
  const converted =
    typeof text === "string" ? await rendering.fromHtml(text) : { kind: "converted" as const, document: unwrapForeign(text) };
  if (converted.kind === "refused") throw new NotTaken(converted.message);
  const made = await rendering.render(converted.document);
  if (made.kind === "refused") throw new NotTaken(made.message);
  return { document: made.document, html: made.rendered.html, plaintext: made.rendered.plaintext };
}
