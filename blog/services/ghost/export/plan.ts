import { setImmediate as breathe } from "node:timers/promises";
import type { GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import type { PlannedItem } from "@rose-ash/shared/contracts/ghost-imports.ts";
import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import { type Comparison, compareSides, findOurs, type Theirs, theirsOf } from "../compare.ts";
import { type Field, fieldsOf, wordOf } from "../face.ts";
import { NotTaken } from "../not-taken.ts";
import type { GhostParts } from "../parts.ts";
import type { GhostPiece } from "../resources.ts";
import { slugFor } from "../slug-for.ts";
import { dateOf } from "../their-face.ts";
import type { ExportedPiece } from "./exported-piece.ts";
import type { GhostExport } from "./read-export.ts";

/** What would come of a piece. fields: those that are written here; theirs: the piece to bring. */
export type Verdict =
  | { readonly plan: "make"; readonly theirs: Theirs }
  | { readonly plan: "change"; readonly theirs: Theirs; readonly fields: ReadonlySet<Field>; readonly kept: readonly Field[] }
  | { readonly plan: "same" | "skip"; readonly why: string };

/** isKeptInStep: a Ghost is connected, and what is linked comes from there. */
export interface PlanContext {
  readonly parts: GhostParts;
  readonly isKeptInStep: boolean;
}

/** What would come of each piece of a file, and why, one after the other. Writes nothing. */
export async function* planExport(context: PlanContext, { pieces }: GhostExport): AsyncGenerator<PlannedItem> {
  const known = await aroundOf(context, pieces);
  const seen = new Set<string>();
  let index = 0;
  for (const one of pieces) {
    if (++index % 20 === 0) await breathe(); // others are served meanwhile
    const key = keyOf(one);
    const isTwice = one.ghostId !== "" && seen.has(key);
    seen.add(key);
    if (isTwice) yield skip({ ...one, ghostId: `${one.ghostId}#${index}` }, "It is in the file twice.");
    else yield await planOne(context, one, known, index);
  }
}

interface Around {
  readonly links: ReadonlyMap<string, GhostLink>;
  /** Addresses that lead to something here. */
  readonly taken: ReadonlySet<string>;
  /** Mail addresses of people here. */
  readonly members: ReadonlySet<string>;
}

/** Goes through the file once for what is asked of the database together. */
async function aroundOf({ parts: { services } }: PlanContext, pieces: GhostExport["pieces"]): Promise<Around> {
  const named: { kind: PieceKind; ghostId: string }[] = [];
  const addresses = new Set<string>();
  const emails = new Set<string>();
  let count = 0;
  for (const one of pieces) {
    if (++count % 20 === 0) await breathe();
    if (one.ghostId !== "") named.push({ kind: one.kind, ghostId: one.ghostId });
    addresses.add(addressOf(one));
    for (const { email } of one.piece?.authors ?? []) emails.add(email.toLowerCase());
  }
  const [links, taken, members] = await Promise.all([
    services.ghost.findLinksTo(named),
    services.ghostImports.listTaken([...addresses]),
    services.ghost.findMembers([...emails]),
  ]);
  return {
    links: new Map(links.map((link) => [keyOf(link), link])),
    taken: new Set(taken),
    members: new Set(members.map(({ email }) => email)),
  };
}

function addressOf({ kind, slug }: Pick<ExportedPiece, "kind" | "slug">): string {
  return `${kind === "post" ? "/posts/" : "/"}${slugFor(slug)}`;
}

function keyOf({ kind, ghostId }: { kind: string; ghostId: string | null }): string {
  return `${kind} ${ghostId}`;
}

async function planOne(context: PlanContext, one: ExportedPiece, known: Around, index: number): Promise<PlannedItem> {
  if (one.piece === null) return skip({ ...one, ghostId: one.ghostId || `row-${index}` }, one.trouble ?? "");
  const verdict = await judge(context, one, one.piece, known.links.get(keyOf(one)) ?? null);
  if ("why" in verdict) return { ...itemOf(one), plan: verdict.plan, reasons: [verdict.why], piece: null };
  const reasons = verdict.plan === "make" ? makeReasons(context, one, one.piece, known) : changeReasons(verdict);
  return { ...itemOf(one), plan: verdict.plan, reasons: [...reasons, ...one.notes], piece: one.piece };
}

function itemOf({ kind, ghostId, title, slug }: ExportedPiece) {
  return { kind, ghostId, title, slug };
}

function skip(one: ExportedPiece, why: string): PlannedItem {
  return { ...itemOf(one), plan: "skip", reasons: [why], piece: null };
}

/** What is to be done with a piece of a file. What stands here stays where both were changed: a file may be older than it looks. */
export async function judge(
  { parts, isKeptInStep }: PlanContext,
  { kind }: Pick<ExportedPiece, "kind">,
  piece: GhostPiece,
  link: GhostLink | null,
): Promise<Verdict> {
  const theirs = readable(kind, piece, parts.client.url);
  if (typeof theirs === "string") return { plan: "skip", why: theirs };
  const isHere = link !== null && (link.postId ?? link.pageId) !== null;
  if (link === null || (!isHere && link.agreed === null && !link.isEnded)) return { plan: "make", theirs };
  if (!isHere || link.isEnded) return { plan: "skip", why: "It was here, and was deleted." };
  if (isKeptInStep) return { plan: "skip", why: "It is kept in step with Ghost already." };
  const date = dateOf(piece.updated_at);
  if (date !== null && link.theirUpdatedAt !== null && date < link.theirUpdatedAt) {
    return { plan: "skip", why: "The file has an older state of it than what came before." };
  }
  const isAsBefore = fieldsOf(theirs.face, kind).every((field) => link.agreed?.theirs[field] === theirs.digests[field]);
  if (isAsBefore) return { plan: "same", why: "It is here already." };
  const ours = await findOurs(parts, link);
  if (ours === null) return { plan: "skip", why: "It was here, and was deleted." };
  if (ours.piece.deletedAt !== null) return { plan: "skip", why: "It lies in the bin here." };
  return verdictOf(theirs, compareSides(link, theirs, ours));
}

/** In words why not. */
function readable(kind: PieceKind, piece: GhostPiece, ghostUrl: string): Theirs | string {
  try {
    return theirsOf(kind, piece, ghostUrl);
  } catch (error) {
    if (error instanceof NotTaken) return error.message;
    throw error;
  }
}

function verdictOf(theirs: Theirs, { there, here, differing }: Comparison): Verdict {
  const changed = [...there].filter((field) => differing.has(field));
  const kept = changed.filter((field) => here.has(field));
  const fields = new Set(changed.filter((field) => !here.has(field)));
  if (fields.size > 0) return { plan: "change", theirs, fields, kept };
  return { plan: "same", why: kept.length > 0 ? keptWords(kept) : "It is here already." };
}

function keptWords(kept: readonly Field[]): string {
  return `It was changed here too, and stays as it is here (${kept.map(wordOf).join(", ")}).`;
}

function changeReasons({ fields, kept }: Extract<Verdict, { plan: "change" }>): string[] {
  const words = `It is otherwise in the file: ${[...fields].map(wordOf).join(", ")}.`;
  return kept.length > 0 ? [words, keptWords(kept)] : [words];
}

/** What to know of something that comes here for the first time. */
function makeReasons({ parts }: PlanContext, one: ExportedPiece, piece: GhostPiece, known: Around): string[] {
  const address = addressOf(one);
  const unknown = one.kind === "post" ? piece.authors.filter(({ email }) => !known.members.has(email.toLowerCase())) : [];
  const isLate = piece.status === "scheduled" && (dateOf(piece.published_at) ?? new Date(0)) <= parts.clock.now();
  const isPaid = piece.visibility !== "" && piece.visibility !== "public" && piece.visibility !== "members";
  return [
    ...(known.taken.has(address) ? [`${address} is taken here: it gets another ending.`] : []),
    ...(unknown.length > 0 ? [`By ${unknown.map(({ name }) => name).join(", ")} in Ghost, who is no member here.`] : []),
    ...(isPaid ? ["It is for paying members: nobody sees it until somebody is put into the group ghost-paid."] : []),
    ...(isLate ? ["It was to come out at a time that is over: it comes as a draft."] : []),
  ];
}
