import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Reader, StatusView } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyRequest } from "fastify";
import { findAnybody } from "../../../people/find-anybody.ts";
import { fetchStatus } from "../../../statuses/fetch-status.ts";
import { mayAsk } from "../../people/may-ask.ts";

const isAddress = (words: string) => /^https?:\/\/\S+$/.test(words);
const isExact = (words: string) => /^@?[\w.-]+@[\w.:-]+$/.test(words) || isAddress(words);

/** Addresses of people by parts of their names; isAsked: the host of a whole name or address may be asked, within the member's limit. */
export async function findPeople(
  request: FastifyRequest,
  reader: Reader,
  words: string,
  { isAsked, isFollowed }: { isAsked: boolean; isFollowed: boolean },
): Promise<readonly string[]> {
  const { server } = request;
  const trimmed = words.trim();
  const exact = isAsked && isExact(trimmed) && (await mayAsk(request, reader.userId)) ? await findExactly(request, trimmed) : null;
  const found = trimmed === "" ? [] : (await server.services.people.searchPeople(trimmed)).map(({ uri }) => uri);
  const all = [...new Set([...(exact === null ? [] : [exact]), ...found])];
  if (!isFollowed) return all;
  const standings = await server.services.people.standings(server.fediverse.actors.ofMember(reader.handle).uri, all);
  return all.filter((uri) => standings.get(uri)?.follows === "accepted");
}

async function findExactly({ server }: FastifyRequest, words: string): Promise<string | null> {
  const found = await findAnybody(server, words);
  if (found.kind === "nobody" || found.kind === "suspended") return null;
  if (found.kind === "elsewhere") await server.fediverse.remote.keep(server.runtime.db, found.actor);
  return found.actor.uri;
}

/** Members' posts with these words, of those who let theirs be found so; the newest twenty. */
export async function findPosts({ server }: FastifyRequest, reader: Reader, words: string): Promise<readonly StatusView[]> {
  return (await server.services.statuses.listFound(words, reader, null)).lines.map(({ status }) => status);
}

/** A post by its address, ours or elsewhere; its host is asked where it is not here and isAsked. Null: there is none for this reader. */
export async function findPost(request: FastifyRequest, reader: Reader, words: string, isAsked: boolean): Promise<StatusView | null> {
  const { services, fediverse, runtime, transaction, publicUrl } = request.server;
  const address = words.trim();
  if (!isAddress(address)) return null;
  const known = await services.statuses.findByUri(address, reader);
  if (known !== null || !isAsked || address.startsWith(publicUrl("federation", "/"))) return known;
  if (!URL.canParse(address) || !(await mayAsk(request, reader.userId))) return null;
  const fetched = await fetchStatus({ services, fediverse, clock: runtime.clock }, address);
  if (fetched.kind !== "status") return null;
  await transaction((tx) => fetched.keep(tx));
  return services.statuses.findByUri(fetched.written.uri, reader).catch(nothing);
}

function nothing(error: unknown): null {
  if (error instanceof CodedError && error.code === "not-found") return null;
  throw error;
}
