import { createHash } from "node:crypto";
import type { GhostListed } from "@rose-ash/shared/contracts/ghost.ts";
import type { PieceKind } from "@rose-ash/shared/contracts/writing.ts";
import { z } from "zod";
import type { GhostClient } from "./client.ts";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const tag = z.object({ id: z.string(), name: z.string(), slug: z.string() });
const author = z.object({ id: z.string(), name: text, email: text });

/** A post or page as the Admin API gives it. lexical: JSON; "" for one that an old editor wrote, which has html only. */
export const ghostPiece = z.object({
  ...{ id: z.string(), title: text, slug: text, lexical: text, html: text, custom_excerpt: text },
  status: z.enum(["draft", "scheduled", "published", "sent"]).catch("draft"),
  visibility: text,
  featured: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  updated_at: text,
  published_at: text,
  ...{ canonical_url: text, feature_image: text, feature_image_alt: text, feature_image_caption: text },
  ...{ meta_title: text, meta_description: text, og_title: text, og_description: text, og_image: text },
  ...{ twitter_title: text, twitter_description: text, twitter_image: text },
  ...{ codeinjection_head: text, codeinjection_foot: text },
  tags: z.array(tag).default([]),
  authors: z.array(author).default([]),
});
export type GhostPiece = z.output<typeof ghostPiece>;
export type GhostTag = z.output<typeof tag>;
export type GhostAuthor = z.output<typeof author>;

const listed = z.looseObject({ id: z.string(), title: text, updated_at: text });
const pagination = z.object({ meta: z.object({ pagination: z.object({ next: z.number().nullable() }) }) });

/** What reads and writes of a piece ask for, so that every answer has all of it. Never newsletter: that would send a mailing. */
export const WHOLE = { formats: "html,lexical", include: "tags,authors" } as const;

const FULL = "100"; // Ghost gives no more at once, whatever is asked for

/** What Ghost calls all of a kind, in addresses and in bodies. */
export const collectionOf = (kind: PieceKind) => (kind === "post" ? "posts" : "pages");

/** answeredAt: Ghost's clock. Null: Ghost says that it is not there. */
export async function readPiece(client: GhostClient, kind: PieceKind, id: string): Promise<{ piece: GhostPiece; answeredAt: Date } | null> {
  const answer = await client.get(`${collectionOf(kind)}/${encodeURIComponent(id)}/`, WHOLE);
  return answer && { piece: onlyPiece(kind, answer.body), answeredAt: answer.answeredAt };
}

/** The piece of an answer that has one. */
export function onlyPiece(kind: PieceKind, body: unknown): GhostPiece {
  const [found] = z.object({ [collectionOf(kind)]: z.array(ghostPiece) }).parse(body)[collectionOf(kind)] ?? [];
  if (found === undefined) throw new Error("Ghost answered without the piece");
  return found;
}

/** Where Ghost has a piece with this tag; null: nowhere. */
export async function findTagged(client: GhostClient, kind: PieceKind, slug: string): Promise<GhostPiece | null> {
  const answer = await client.get(`${collectionOf(kind)}/`, { ...WHOLE, filter: `tag:${slug}`, limit: "1" });
  const found = answer && z.object({ [collectionOf(kind)]: z.array(ghostPiece) }).parse(answer.body)[collectionOf(kind)];
  return found?.[0] ?? null;
}

/**
 * Everything of a kind, a hundred at a time, by what lists say of it: enough to see that something is otherwise than before.
 * since: only what Ghost says was changed then or later; a date is written as its database does, or SQLite finds nothing.
 */
export async function* listPieces(
  client: GhostClient,
  kind: PieceKind,
  since: Date | null,
): AsyncGenerator<{ listed: readonly GhostListed[]; newest: Date | null; answeredAt: Date }> {
  const query = {
    ...{ fields: "id,uuid,title,slug,status,visibility,featured,updated_at,published_at", include: "tags,authors", limit: FULL },
    order: since === null ? "id asc" : "updated_at asc",
    ...(since !== null && { filter: `updated_at:>='${filterDate(since)}'` }),
  };
  for (let page: number | null = 1; page !== null; ) {
    const answer = await client.get(`${collectionOf(kind)}/`, { ...query, page: String(page) });
    if (answer === null) throw new Error("this Ghost has no such list");
    const rows = z.object({ [collectionOf(kind)]: z.array(listed) }).parse(answer.body)[collectionOf(kind)] ?? [];
    const times = rows.map(({ updated_at }) => Date.parse(updated_at)).filter(Number.isFinite);
    yield {
      listed: rows.map((row) => ({ kind, ghostId: row.id, title: row.title, digest: digestOf(row) })),
      newest: times.length > 0 ? new Date(Math.max(...times)) : null,
      answeredAt: answer.answeredAt,
    };
    page = pagination.parse(answer.body).meta.pagination.next;
  }
}

/** "2026-11-23 19:20:00", in UTC. */
function filterDate(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}

/** Of what an editor in Ghost can change without a new date: by a bulk action, at a tag, at an author. */
function digestOf(row: z.output<typeof listed>): string {
  const names = (value: unknown) =>
    z
      .array(z.looseObject({ name: text, email: text }))
      .catch([])
      .parse(value);
  const seen = [
    ...["slug", "status", "visibility", "featured", "updated_at", "published_at"].map((key) => String(row[key] ?? "")),
    ...[
      row.title,
      ...names(row["tags"]).map(({ name }) => name),
      "by",
      ...names(row["authors"]).map(({ name, email }) => `${name} ${email}`),
    ],
  ];
  return createHash("sha256").update(JSON.stringify(seen)).digest("base64url").slice(0, 22);
}

/** Everybody who can be named as an author. */
export async function listStaff(client: GhostClient): Promise<GhostAuthor[]> {
  const all: GhostAuthor[] = [];
  for await (const page of listPages(client, "users", author, {})) all.push(...page);
  return all;
}

/** The tag of this name, made where there is none: one that is named only would be made a second time. */
export async function ensureGhostTag(client: GhostClient, name: string): Promise<GhostTag> {
  const answer = await client.get("tags/", { filter: `name:'${name.replaceAll("'", "\\'")}'`, limit: "1" });
  const found = answer && z.object({ tags: z.array(tag) }).parse(answer.body).tags[0];
  if (found) return found;
  const made = await client.post("tags/", {}, { tags: [{ name }] });
  const [first] = z.object({ tags: z.array(tag) }).parse(made.body).tags;
  if (first === undefined) throw new Error("Ghost answered without the tag");
  return first;
}

/** All of a collection, a hundred at a time. */
export async function* listPages<T extends z.ZodType>(
  client: GhostClient,
  collection: string,
  shape: T,
  query: Record<string, string>,
): AsyncGenerator<readonly z.output<T>[]> {
  for (let page: number | null = 1; page !== null; ) {
    const answer = await client.get(`${collection}/`, { order: "id asc", ...query, limit: FULL, page: String(page) });
    if (answer === null) return;
    yield z.object({ [collection]: z.array(shape) }).parse(answer.body)[collection] ?? [];
    page = pagination.parse(answer.body).meta.pagination.next;
  }
}
