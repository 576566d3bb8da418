import { setTimeout as sleep } from "node:timers/promises";
import type { GhostLink } from "@rose-ash/shared/contracts/ghost.ts";
import { withOrigin } from "./addresses.ts";
import { GhostError } from "./client.ts";
import { compareSides, differencesOf, findOurs, theirsOf } from "./compare.ts";
import { type Face, type Field, fieldsOf, wordOf } from "./face.ts";
import { unwrapForeign } from "./foreign-nodes.ts";
import type { GhostParts } from "./parts.ts";
import { readPiece } from "./resources.ts";

/** A field on both sides, in words: what differs first, and nothing that is empty on both. changed: where, since both agreed. */
export interface FieldOfBoth {
  readonly field: Field;
  readonly name: string;
  readonly here: string;
  readonly there: string;
  readonly changed: "" | "here" | "there" | "both";
  readonly differs: boolean;
}

/** html: the text on each side. away: in words why Ghost did not say. */
export type BothSides =
  | { readonly kind: "read"; readonly fields: readonly FieldOfBoth[]; readonly html: { readonly here: string; readonly there: string } }
  | { readonly kind: "away"; readonly message: string }
  | { readonly kind: "gone"; readonly message: string };

/** Somebody waits for the page. */
const PATIENCE_MS = 8000;

/** A piece as it is now in Ghost and here. Changes nothing. */
export async function readBoth(parts: GhostParts, link: GhostLink): Promise<BothSides> {
  const ours = await findOurs(parts, link);
  if (ours === null) return { kind: "gone", message: "It is not here." };
  if (link.ghostId === null) return { kind: "gone", message: "It is not in Ghost." };
  const asked = readPiece(parts.client, link.kind, link.ghostId).catch((error: unknown) => {
    if (error instanceof GhostError) return error.message;
    throw error;
  });
  const found = await Promise.race([asked, sleep(PATIENCE_MS, "Ghost takes longer than a page can wait.", { ref: false })]);
  if (typeof found === "string") return { kind: "away", message: found };
  if (found === null) return { kind: "gone", message: "It is not in Ghost any more." };
  const theirs = theirsOf(link.kind, found.piece, parts.client.url);
  const { there, here } = compareSides(link, theirs, ours);
  const differing = new Set(await differencesOf(parts, theirs, ours));
  const whereOf = (field: Field) => (there.has(field) ? (here.has(field) ? "both" : "there") : here.has(field) ? "here" : "");
  return {
    kind: "read",
    fields: fieldsOf(ours.face, link.kind)
      .map((field): FieldOfBoth => {
        const [here, there] = [ours.face, theirs.face].map((face) => withOrigin(valueWords(face, field), parts.client.url));
        const changed = link.agreed === null ? "" : whereOf(field);
        return { field, name: nameOf(field), here: here ?? "", there: there ?? "", changed, differs: differing.has(field) };
      })
      .filter(({ field, here, there, differs }) => differs || (field !== "text" && (here !== "" || there !== "")))
      .sort((one, other) => Number(other.differs) - Number(one.differs)),
    html: { here: ours.piece.text.html, there: await htmlOf(parts, theirs.face) },
  };
}

function nameOf(field: Field): string {
  const word = wordOf(field);
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

function valueWords(face: Face, field: Field): string {
  const value = face[field];
  if (field === "text") return "see below";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return Array.isArray(value) ? value.join(", ") : String(value);
}

/** As it would be shown here; what can't be is shown as nothing. */
async function htmlOf({ rendering }: GhostParts, { text }: Face): Promise<string> {
  if (typeof text === "string") return text;
  const made = await rendering.render(unwrapForeign(text));
  return made.kind === "rendered" ? made.rendered.html : "";
}
