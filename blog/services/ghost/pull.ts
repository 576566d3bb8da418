import type { GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import type { Tx } from "@rose-ash/shared/contracts/tx.ts";
import type { CreateResult, NotWritten, PieceForEditing, PieceRef, SaveResult } from "@rose-ash/shared/contracts/writing.ts";
import type { PageId, PostId } from "@rose-ash/shared/models/ids.ts";
import { type Brought, bring } from "./brought.ts";
import type { Face, Field } from "./face.ts";
import { NotTaken } from "./not-taken.ts";
import type { GhostParts } from "./parts.ts";
import type { GhostPiece } from "./resources.ts";
import { slugFor } from "./slug-for.ts";

/** Somebody was quicker; the comparison is done again. */
export class Overtaken extends Error {}

export interface Pull {
  readonly link: GhostLink;
  readonly theirs: { readonly piece: GhostPiece; readonly face: Face };
  /** Null: it is not here yet. */
  readonly ours: PieceForEditing | null;
  readonly fields: ReadonlySet<Field>;
}

const MOST_SLUGS = 50;

/** version: of the piece after it. notes: what editors should know. */
export interface Pulled {
  readonly version: number;
  readonly notes: readonly string[];
}

type Written = { readonly piece: PieceRef; readonly version: number };

/** Writes here what these fields are in Ghost. */
export async function pull(parts: GhostParts, { link, theirs, ours, fields }: Pull): Promise<Pulled> {
  const brought = await bring(parts, theirs.face, fields, link.kind === "post" ? theirs.piece.authors : []);
  const version = await parts.transaction(async (tx) => {
    const held = await parts.services.ghost.holdLink(tx, link.id);
    if (held === null || held.isEnded || (ours === null && (held.postId ?? held.pageId) !== null)) throw new Overtaken();
    const written =
      ours === null ? await create(parts, tx, link, theirs.face, brought) : await save(parts, tx, ours, theirs.face, { brought, fields });
    await applyStatus(parts, tx, written.piece, { was: ours?.status ?? "draft", face: theirs.face, fields });
    return written.version;
  });
  return { version, notes: [...brought.notes, ...codeNotes(theirs.piece)] };
}

/** Nobody's code gets into a page of ours. */
function codeNotes({ codeinjection_head, codeinjection_foot }: GhostPiece): string[] {
  return codeinjection_head || codeinjection_foot ? ["Its injected code does not come along."] : [];
}

async function create(parts: GhostParts, tx: Tx, link: GhostLink, face: Face, { text, settings }: Brought): Promise<Written> {
  const { writing, ghost } = parts.services;
  const { title = "(Untitled)" } = settings;
  const base = slugFor(face.slug);
  if (link.kind === "page") {
    const { isFeatured: _featured, canonicalUrl: _canonical, authorIds: _authors, excerpt = "", ...common } = settings;
    const page = { ...common, title, summary: excerpt };
    const made = await atFreeSlug(base, (slug) =>
      writing.createPage(tx, { by: null, place: { parentId: null, slug }, ...(text && { text }), settings: page }),
    );
    const piece: PieceRef = { kind: "page", id: made.id };
    await ghost.linkPiece(tx, link.id, piece);
    return { piece, version: made.version };
  }
  const tagIds = await writing.ensureTags(tx, face.tags);
  const made = await atFreeSlug(base, (slug) =>
    writing.createPost(tx, { by: null, ...(text && { text }), settings: { ...settings, title, tagIds, slug } }),
  );
  const piece: PieceRef = { kind: "post", id: made.id };
  await ghost.linkPiece(tx, link.id, piece);
  return { piece, version: made.version };
}

async function save(
  { services: { writing } }: GhostParts,
  tx: Tx,
  ours: PieceForEditing,
  face: Face,
  { brought: { text, settings }, fields }: { brought: Brought; fields: ReadonlySet<Field> },
): Promise<Written> {
  const asked = { expectedVersion: ours.version, by: null, ...(text && { text }) };
  if (ours.kind === "page") {
    const { isFeatured: _featured, canonicalUrl: _canonical, authorIds: _authors, excerpt, ...common } = settings;
    const page = { ...common, ...(excerpt !== undefined && { summary: excerpt }) };
    const piece: PieceRef = { kind: "page", id: ours.id };
    if (fields.has("slug") && ours.place.parentId === null) await renamePage(writing, tx, ours.id, slugFor(face.slug));
    if (text === undefined && Object.keys(page).length === 0) return { piece, version: ours.version };
    return { piece, version: written(await writing.savePage(tx, { ...asked, id: ours.id, settings: page })).version };
  }
  const piece: PieceRef = { kind: "post", id: ours.id };
  const changed = { ...settings, ...(fields.has("tags") && { tagIds: await writing.ensureTags(tx, face.tags) }) };
  const saveAs = (slug: { slug?: string }) => writing.savePost(tx, { ...asked, id: ours.id, settings: { ...changed, ...slug } });
  if (fields.has("slug")) return { piece, version: (await atFreeSlug(slugFor(face.slug), (slug) => saveAs({ slug }))).version };
  if (text === undefined && Object.keys(changed).length === 0) return { piece, version: ours.version };
  return { piece, version: written(await saveAs({})).version };
}

/** A page of Ghost's lies below the root. One that somebody put below another page has its address from there. */
async function renamePage(writing: GhostParts["services"]["writing"], tx: Tx, id: PageId, slug: string): Promise<void> {
  for (let number = 1; number <= MOST_SLUGS; number++) {
    const result = await writing.movePage(tx, id, { parentId: null, slug: number === 1 ? slug : `${slug}-${number}`, by: null });
    if (result.kind === "moved") return;
    if (result.kind === "gone" || result.kind === "below-itself") throw new Overtaken();
  }
  throw allTaken(slug);
}

function allTaken(slug: string): NotTaken {
  return new NotTaken(`Every address from ${slug} to ${slug}-${MOST_SLUGS} is taken here.`);
}

/** What Ghost shows is shown here, from when Ghost says; what it hides is hidden. was: how it is here. */
async function applyStatus(
  { services: { writing }, clock }: GhostParts,
  tx: Tx,
  piece: PieceRef,
  { was, face, fields }: { was: PieceForEditing["status"]; face: Face; fields: ReadonlySet<Field> },
): Promise<void> {
  const at = face.publishedAt === "" ? null : new Date(face.publishedAt);
  const isMoved = fields.has("publishedAt") && face.status === "scheduled" && was !== "published";
  if (!fields.has("status") && !isMoved) return;
  if (face.status === "draft") {
    if (was !== "draft") await writing.unpublish(tx, piece, null);
  } else if (face.status === "published" || at === null || at <= clock.now() || piece.kind === "page") {
    if (was !== "published" && face.status === "published") await writing.publish(tx, piece, { by: null, at });
  } else {
    if (was === "published") await writing.unpublish(tx, piece, null);
    await writing.schedule(tx, piece.id, at);
  }
}

/** Takes the first of base, base-2, … that is free. */
async function atFreeSlug<Made extends Exclude<Result, NotDone>>(
  base: string,
  write: (slug: string) => Promise<Made | NotDone>,
): Promise<Made> {
  for (let number = 1; number <= MOST_SLUGS; number++) {
    const result = await write(number === 1 ? base : `${base}-${number}`);
    if (!isTaken(result)) return written(result);
  }
  throw allTaken(base);
}

type Result = CreateResult<PostId | PageId> | SaveResult;
type NotDone = NotWritten | Extract<SaveResult, { kind: "conflict" }>;

/** A page's path can be taken in more ways than one: each is said at its slug. */
function isTaken(result: Result): boolean {
  return result.kind === "slug-taken" || (result.kind === "invalid" && result.errors.every(({ field }) => field === "slug"));
}

function written<Made extends Exclude<Result, NotDone>>(result: Made | NotDone): Made {
  if (result.kind === "invalid") throw new NotTaken(result.errors.map(({ field, message }) => `${field}: ${message}`).join(" "));
  if (result.kind === "slug-taken" || result.kind === "conflict" || result.kind === "gone") throw new Overtaken();
  return result as Made;
}
