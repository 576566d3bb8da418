import type { FieldDigests, GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import { compareSides, differencesOf, findOurs, type Ours, type Theirs, theirsOf } from "./compare.ts";
import { changedFields, type Face, type Field } from "./face.ts";
import type { GhostParts } from "./parts.ts";
import { Overtaken, type Pulled, pull } from "./pull.ts";
import { dropSyncTag, pushChanges, pushNew } from "./push.ts";
import { readPiece } from "./resources.ts";
import { dateOf, SYNC_TAG } from "./their-face.ts";

/** What there is to do again in a moment: Ghost's clock has not left the second in which the piece was changed. */
export class Unsettled extends Error {}

/**
 * Two saves of Ghost's within a second carry the same date, and the second one overwrites the first without a conflict. What is
 * older than this can't be changed any more without getting another date.
 */
const SETTLED_MS = 2000;

/**
 * Brings one piece into step: compares each field on both sides with how it was when they last agreed, brings here what was
 * changed there, and takes there what was changed here. What was changed on both sides is as Ghost has it: our text stays as a
 * revision, and a note says so. Done twice it does nothing the second time.
 */
export async function reconcile(parts: GhostParts, link: GhostLink): Promise<void> {
  if (link.isEnded) return settle(parts, link, {});
  const ours = await findOurs(parts, link);
  if (link.ghostId === null) return ours === null ? drop(parts, link) : create(parts, link, ours);
  const found = await readPiece(parts.client, link.kind, link.ghostId);
  if (found === null) return followDeletion(parts, link, ours);
  const age = found.answeredAt.getTime() - Date.parse(found.piece.updated_at);
  if (age > -SETTLED_MS && age < SETTLED_MS) throw new Unsettled();
  const theirs = theirsOf(link.kind, found.piece, parts.client.url);
  if (ours === null) return link.agreed === null ? bringHere(parts, link, theirs) : end(parts, link, "It was deleted here for good.");
  if (ours.piece.deletedAt !== null) return hideThere(parts, link, theirs, ours);
  return merge(parts, link, theirs, ours);
}

async function merge(parts: GhostParts, link: GhostLink, theirs: Theirs, ours: Ours): Promise<void> {
  const { toPull, toPush, both } = await directionsOf(parts, link, theirs, ours);
  const notes = both.length > 0 ? [link.asked === null ? conflictNote(both, ours.piece.version) : askedNote(ours.piece.version)] : [];
  if (toPull.size > 0) {
    const pulled = await pull(parts, { link, theirs, ours: ours.piece, fields: toPull });
    return agreeOnPulled(parts, link, theirs, { pulled, notes, toPush, before: link.agreed?.ours ?? {} });
  }
  if (toPush.size === 0) return agree(parts, link, theirs, ours, null);
  if (isForAGroup(ours.face)) return withhold(parts, link, theirs, ours);
  const pushed = await pushChanges(parts.client, { kind: link.kind, piece: theirs.piece }, ours.face, toPush);
  await agree(parts, link, theirsOf(link.kind, pushed.piece, parts.client.url), ours, pushed.notes.join(" ") || null);
}

type Directions = Record<"toPull" | "toPush", ReadonlySet<Field>> & { readonly both: readonly Field[] };

/** Which way each field goes: to where it was not changed, or as somebody asked for. */
async function directionsOf(parts: GhostParts, link: GhostLink, theirs: Theirs, ours: Ours): Promise<Directions> {
  const { there, here, differing, both } = compareSides(link, theirs, ours);
  if (link.asked !== null) {
    const asked = new Set(await differencesOf(parts, theirs, ours));
    const none = new Set<Field>();
    return link.asked === "theirs" ? { toPull: asked, toPush: none, both: [...asked] } : { toPull: none, toPush: asked, both: [] };
  }
  const toPull = new Set([...there].filter((field) => !here.has(field) || differing.has(field)));
  const toPush = new Set([...here].filter((field) => !there.has(field) && differing.has(field)));
  return { toPull, toPush, both };
}

/** What waits to go there is still seen as changed: it goes at once, after this. */
export async function agreeOnPulled(
  parts: GhostParts,
  link: GhostLink,
  theirs: Theirs,
  { pulled, notes, toPush, before }: { pulled: Pulled; notes: readonly string[]; toPush: ReadonlySet<Field>; before: FieldDigests },
): Promise<void> {
  const held = await parts.services.ghost.findLink(link.id);
  const ours = held && (await findOurs(parts, held));
  if (ours === null || ours.piece.version !== pulled.version) throw new Overtaken(); // somebody saved since: compare again
  const waiting = Object.fromEntries([...toPush].map((field) => [field, before[field] ?? ""]));
  const seen = { ...ours, digests: { ...ours.digests, ...waiting } };
  await agree(parts, link, theirs, seen, [...notes, ...pulled.notes].join(" "));
  if (toPush.size > 0) await parts.transaction((tx) => parts.services.ghost.postpone(tx, link, { at: parts.clock.now(), trouble: null }));
}

/** Ghost can't tell these people from others: nobody sees it there. */
async function withhold(parts: GhostParts, link: GhostLink, theirs: Theirs, ours: Ours): Promise<void> {
  const draft = () =>
    pushChanges(parts.client, { kind: link.kind, piece: theirs.piece }, { ...ours.face, status: "draft" }, new Set(["status"]));
  const piece = theirs.face.status === "draft" ? theirs.piece : (await draft()).piece;
  await agree(
    parts,
    link,
    theirsOf(link.kind, piece, parts.client.url),
    ours,
    "It is for a group that Ghost does not know: it stays here, and is a draft there.",
  );
}

/** Writes down how both sides are. note null: what was noted before stays. */
async function agree(parts: GhostParts, link: GhostLink, theirs: Theirs, ours: Ours, note: string | null): Promise<void> {
  const differing = await differencesOf(parts, theirs, ours);
  await settle(parts, link, {
    ...{ ghostId: theirs.piece.id, title: theirs.piece.title },
    agreed: { theirs: theirs.digests, ours: ours.digests },
    ourUpdatedAt: ours.piece.updatedAt,
    differing,
    theirUpdatedAt: dateOf(theirs.piece.updated_at),
    ...(note !== null && { note }),
  });
}

async function bringHere(parts: GhostParts, link: GhostLink, theirs: Theirs): Promise<void> {
  const key = theirs.piece.tags.find(({ name }) => name.startsWith(SYNC_TAG))?.name.slice(SYNC_TAG.length);
  const own = key === undefined ? null : await parts.services.ghost.findLinkBySyncKey(key);
  if (own !== null && own.id !== link.id) return drop(parts, link); // ours, whose answer is still on its way
  const fields = changedFields(null, theirs.digests);
  const pulled = await pull(parts, { link, theirs, ours: null, fields });
  await agreeOnPulled(parts, link, theirs, { pulled, notes: [], toPush: new Set(), before: {} });
}

/** Only what is public, or will be, goes to Ghost by itself; and nothing for people that Ghost can't tell from others. */
async function create(parts: GhostParts, link: GhostLink, ours: Ours): Promise<void> {
  if (ours.face.status === "draft" || isForAGroup(ours.face)) {
    const note = isForAGroup(ours.face) ? "It is for a group that Ghost does not know: it stays here." : "";
    return settle(parts, link, { note, ourUpdatedAt: ours.piece.updatedAt, agreed: { theirs: {}, ours: ours.digests } });
  }
  const { piece, notes } = await pushNew(parts.client, link, ours.face);
  await agree(parts, link, theirsOf(link.kind, piece, parts.client.url), ours, notes.join(" "));
  await dropSyncTag(parts.client, piece).catch((error: unknown) => parts.log.warn({ err: error }, "a tag of ours stays in Ghost"));
}

/** A deletion here is a draft there, which can be undone. */
async function hideThere(parts: GhostParts, link: GhostLink, theirs: Theirs, ours: Ours): Promise<void> {
  const isOut = theirs.face.status !== "draft";
  const isNew = link.agreed?.ours["status"] !== ours.digests["status"];
  if (!isOut || !isNew) return agree(parts, link, theirs, ours, "It lies in the bin here.");
  const { piece } = await pushChanges(parts.client, { kind: link.kind, piece: theirs.piece }, ours.face, new Set(["status"]));
  await agree(parts, link, theirsOf(link.kind, piece, parts.client.url), ours, "It lies in the bin here, and is a draft in Ghost.");
}

/** Ghost says that it is not there, which is the only proof of a deletion there is. Here it goes into the bin. */
async function followDeletion(parts: GhostParts, link: GhostLink, ours: Ours | null): Promise<void> {
  if (ours === null && link.agreed === null) return drop(parts, link);
  if (ours === null || ours.piece.deletedAt !== null) return end(parts, link, "It was deleted in Ghost.");
  const { services, transaction } = parts;
  await transaction(async (tx) => {
    const { piece } = ours;
    const ref = piece.kind === "post" ? { kind: "post" as const, id: piece.id } : { kind: "page" as const, id: piece.id };
    const result = await services.writing.moveToBin(tx, ref, null);
    const note =
      result.kind === "done"
        ? "It was deleted in Ghost, and lies in the bin here."
        : "It was deleted in Ghost. Here it stays: pages lie below it.";
    await services.ghost.settle(tx, link, { isEnded: true, note });
  });
}

function end(parts: GhostParts, link: GhostLink, note: string): Promise<void> {
  return settle(parts, link, { isEnded: true, note });
}

function drop({ transaction, services }: GhostParts, { id }: GhostLink): Promise<void> {
  return transaction((tx) => services.ghost.dropLink(tx, id));
}

function settle(
  { transaction, services }: GhostParts,
  link: GhostLink,
  settlement: Parameters<typeof services.ghost.settle>[2],
): Promise<void> {
  return transaction((tx) => services.ghost.settle(tx, link, settlement));
}

function isForAGroup({ visibility }: Face): boolean {
  return visibility.startsWith("group:");
}

function askedNote(version: number): string {
  return `It is as Ghost has it, as somebody asked. What stood here is version ${version} of its revisions.`;
}

function conflictNote(fields: readonly Field[], version: number): string {
  return `Changed on both sides (${fields.join(", ")}): it is as Ghost has it. What stood here is version ${version} of its revisions.`;
}
