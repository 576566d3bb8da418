import type { MediaFilter, MediaItem } from "@rose-ash/shared/contracts/media.ts";
import { menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

/** What the library can be asked for. */
export const listQuery = z.object({
  words: z.string().max(200).catch("").default(""),
  kind: z.enum(["", "picture", "audio", "video", "document"]).catch("").default(""),
  unused: z.enum(["", "yes"]).catch("").default(""),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type ListQuery = z.output<typeof listQuery>;

/** A file that was not taken, by its name. */
export interface Refused {
  name: string;
  message: string;
}

const KINDS = [
  { value: "", label: "Everything" },
  { value: "picture", label: "Pictures" },
  { value: "document", label: "Documents" },
  { value: "audio", label: "Sound" },
  { value: "video", label: "Film" },
];

/** The library as a page. refused: what was just brought and not taken; taken: how many files were. */
export async function sendList(
  request: FastifyRequest,
  reply: FastifyReply,
  query: ListQuery,
  brought: { refused: readonly Refused[]; taken: number } = { refused: [], taken: 0 },
): Promise<FastifyReply> {
  const { items, paging, total } = await request.server.services.media.listItems(filterOf(query), query.page);
  const url = (page: number) => `/admin/media?${new URLSearchParams({ ...query, page: String(page) })}`;
  return reply.page("admin/media/list.html", {
    menu: menuOf(request),
    query,
    kinds: KINDS,
    items: items.map(withSize),
    total,
    isFiltered: query.words !== "" || query.kind !== "" || query.unused !== "",
    paging: {
      number: paging.page,
      count: paging.pageCount,
      previousUrl: paging.page > 1 ? url(paging.page - 1) : null,
      nextUrl: paging.page < paging.pageCount ? url(paging.page + 1) : null,
    },
    ...brought,
  });
}

/** An item with its size in words. */
export function withSize(item: MediaItem) {
  return { ...item, size: sizeInWords(item.byteLength) };
}

function sizeInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function filterOf({ words, kind, unused }: ListQuery): MediaFilter {
  return { words: words.replaceAll("\0", "").trim(), kind: kind === "" ? null : kind, isUnused: unused === "yes" };
}
