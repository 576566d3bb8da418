import type { PieceText, PostSettings } from "@rose-ash/shared/contracts/writing.ts";
import type { MediaId, UserId } from "@rose-ash/shared/models/ids.ts";
import { withFiles, withOrigin } from "./addresses.ts";
import type { Face, Field } from "./face.ts";
import { fetchFiles } from "./files.ts";
import { unwrapForeign } from "./foreign-nodes.ts";
import { audienceOf } from "./our-face.ts";
import type { GhostParts } from "./parts.ts";
import type { GhostAuthor } from "./resources.ts";

/** The text of Ghost's can't be shown here; the message is for editors. */
export class NotTaken extends Error {}

/** What is to be written here, ready for a transaction: all but the tags, which are made inside of it. */
export interface Brought {
  readonly text: PieceText | undefined;
  readonly settings: Partial<Omit<PostSettings, "tagIds" | "slug">>;
  /** For editors: what is not here as it is there. */
  readonly notes: readonly string[];
}

/** Makes ready what these fields of Ghost's come to here: files fetched, the text rendered, authors found by their addresses. */
export async function bring(parts: GhostParts, face: Face, fields: ReadonlySet<Field>, authors: readonly GhostAuthor[]): Promise<Brought> {
  const shown = [fields.has("text") ? face.text : "", fields.has("picture") ? face.picture : ""];
  const { files, missing } = await fetchFiles(parts, shown);
  const members = fields.has("authors") ? await parts.services.ghost.findMembers(face.authors) : [];
  const unknown = fields.has("authors") ? authors.filter(({ email }) => !members.some((one) => one.email === email.toLowerCase())) : [];
  const places = new Map([...files].map(([url, { path }]) => [url, path]));
  const pictureId = files.get(face.picture)?.mediaId ?? null;
  return {
    text: fields.has("text") ? await textOf(parts, withFiles(face.text, places)) : undefined,
    settings: settingsOf(face, fields, { pictureId, authorIds: members.map(({ userId }) => userId) }),
    notes: [
      ...(unknown.length > 0 ? [`By ${unknown.map(({ name }) => name).join(", ")} in Ghost, who is no member here.`] : []),
      ...missing.map((url) => `${withOrigin(url, parts.client.url)} could not be brought into the library.`),
      ...(fields.has("picture") && face.picture !== "" && pictureId === null ? ["Its picture is not here."] : []),
    ],
  };
}

function settingsOf(
  face: Face,
  fields: ReadonlySet<Field>,
  { pictureId, authorIds }: { pictureId: MediaId | null; authorIds: readonly UserId[] },
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
    ...(has("authors") && { authorIds }),
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

/** Ghost has a caption as HTML, we have words. */
function plain(html: string): string {
  const words = html.replace(/<[^>]*>/g, "");
  return words
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&nbsp;", " ")
    .replaceAll("&amp;", "&");
}
