import type { GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import type { WaitingItem } from "@rose-ash/shared/contracts/ghost-imports.ts";
import { withLinks } from "../addresses.ts";
import { findOurs, type Theirs } from "../compare.ts";
import type { Field } from "../face.ts";
import type { GhostParts } from "../parts.ts";
import { pull } from "../pull.ts";
import { agreeOnPulled } from "../reconcile.ts";
import { ghostPiece } from "../resources.ts";
import { judge, type PlanContext } from "./plan.ts";

/** Where pieces of the file are here, by their paths in Ghost. */
type Places = ReadonlyMap<string, string>;

/**
 * Brings one piece of a file here, whatever has come of it since the file was read. Done twice it does nothing the second time.
 * Gives what editors should know.
 */
export async function applyItem(context: PlanContext, item: WaitingItem, places: Places): Promise<string> {
  const { parts } = context;
  const piece = ghostPiece.parse(item.piece);
  const { kind, ghostId, title } = item;
  const [known] = await parts.services.ghost.findLinksTo([{ kind, ghostId }]);
  const verdict = await judge(context, item, piece, known ?? null);
  if ("why" in verdict) return verdict.why;
  const link = known ?? (await parts.transaction((tx) => parts.services.ghost.ensureLink(tx, { kind, ghostId, title })));
  if (verdict.plan === "make") return make(parts, link, verdict.theirs, places);
  return change(parts, link, verdict, places);
}

async function make(parts: GhostParts, link: GhostLink, theirs: Theirs, places: Places): Promise<string> {
  const fields = new Set(Object.keys(theirs.face) as Field[]);
  const pulled = await pull(parts, { link, theirs: linked(theirs, places), ours: null, fields });
  await agreeOnPulled(parts, link, theirs, { pulled, notes: [], toPush: new Set(), before: {} });
  await keepOldAddress(parts, link, theirs.piece.slug);
  return pulled.notes.join(" ");
}

/** Ghost has posts right below the root: who moves the whole site here keeps the links that lead to it. */
async function keepOldAddress({ services, transaction }: GhostParts, { id }: GhostLink, slug: string): Promise<void> {
  const postId = (await services.ghost.findLink(id))?.postId ?? null;
  if (postId === null) return;
  await transaction((tx) => services.writing.keepOldAddress(tx, { kind: "post", id: postId }, `/${slug.toLowerCase()}`));
}

/** What was changed here too stays, and is still seen as changed here. */
async function change(
  parts: GhostParts,
  link: GhostLink,
  { theirs, fields, kept }: { theirs: Theirs; fields: ReadonlySet<Field>; kept: readonly Field[] },
  places: Places,
): Promise<string> {
  const ours = await findOurs(parts, link);
  if (ours === null) return "It was deleted meanwhile.";
  const pulled = await pull(parts, { link, theirs: linked(theirs, places), ours: ours.piece, fields });
  await agreeOnPulled(parts, link, theirs, { pulled, notes: [], toPush: new Set(kept), before: link.agreed?.ours ?? {} });
  return pulled.notes.join(" ");
}

/** Links between pieces of the file lead to them here. */
function linked(theirs: Theirs, places: Places): Theirs {
  return { ...theirs, face: { ...theirs.face, text: withLinks(theirs.face.text, places) } };
}
