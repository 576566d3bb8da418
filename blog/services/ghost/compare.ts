import type { FieldDigests, GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import type { PieceForEditing } from "@rose-ash/shared/contracts/writing.ts";
import { plain } from "./captions.ts";
import { digest } from "./digest.ts";
import { changedFields, digestsOf, type Face, type Field, fieldsOf } from "./face.ts";
import { audienceOf, ourFace } from "./our-face.ts";
import type { GhostParts } from "./parts.ts";
import type { GhostPiece } from "./resources.ts";
import { slugFor } from "./slug-for.ts";
import { theirFace } from "./their-face.ts";

interface Side {
  readonly face: Face;
  readonly digests: FieldDigests;
}
export interface Theirs extends Side {
  readonly piece: GhostPiece;
}
export interface Ours extends Side {
  readonly piece: PieceForEditing;
}

/** What Ghost, or a file of one, has. ghostUrl: whose addresses it names. */
export function theirsOf(kind: GhostLink["kind"], piece: GhostPiece, ghostUrl: string): Theirs {
  const face = theirFace(piece, ghostUrl);
  return { piece, face, digests: digestsOf(face, kind) };
}

/** What is here; null: nothing. */
export async function findOurs(parts: GhostParts, { postId, pageId }: Pick<GhostLink, "postId" | "pageId">): Promise<Ours | null> {
  const { writing } = parts.services;
  const piece = postId !== null ? await writing.findPost(postId) : pageId !== null ? await writing.findPage(pageId) : null;
  if (piece === null) return null;
  const face = await ourFace(parts, piece);
  return { piece, face, digests: digestsOf(face, piece.kind) };
}

/** Fields by what was done to them since both sides agreed. both: changed on either side, and not to the same. */
export interface Comparison {
  readonly there: ReadonlySet<Field>;
  readonly here: ReadonlySet<Field>;
  readonly differing: ReadonlySet<Field>;
  readonly both: readonly Field[];
}

export function compareSides(
  { agreed }: Pick<GhostLink, "agreed">,
  theirs: Pick<Side, "digests">,
  ours: Pick<Side, "digests">,
): Comparison {
  const there = changedFields(agreed?.theirs ?? null, theirs.digests);
  // what nobody compared when they agreed, as an older release did not, was not changed here
  const here = new Set([...changedFields(agreed?.ours ?? null, ours.digests)].filter((field) => !agreed || field in agreed.ours));
  const differing = changedFields(theirs.digests, ours.digests);
  const both = agreed === null ? [] : [...there].filter((field) => here.has(field) && differing.has(field));
  return { there, here, differing, both };
}

/** The fields that say something else on each side. What a side can't have as the other has it is no difference. */
export async function differencesOf({ services }: GhostParts, theirs: Pick<Side, "face">, ours: Ours): Promise<Field[]> {
  const known = theirs.face.authors.length > 0 ? await services.ghost.findMembers(theirs.face.authors) : [];
  const authors = known.length > 0 ? known.map(({ email }) => email) : ours.face.authors;
  const [there, here] = [comparable({ ...theirs.face, authors }), comparable(ours.face)];
  const isOldText = typeof theirs.face.text === "string"; // it has no document in Ghost: what is here was made of its HTML
  return fieldsOf(ours.face, ours.piece.kind).filter(
    (field) => !(field === "text" && isOldText) && digest(there[field]) !== digest(here[field]),
  );
}

/** In terms that both have. */
function comparable(face: Face): Record<Field, unknown> {
  return {
    ...face,
    title: face.title.trim() || "(Untitled)",
    slug: slugFor(face.slug),
    visibility: face.visibility.startsWith("group:") ? face.visibility : audienceOf(face.visibility),
    tags: [...new Set(face.tags.map((name) => name.trim().toLowerCase()))],
    pictureCaption: plain(face.pictureCaption),
  };
}
