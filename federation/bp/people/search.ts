import type { PersonView } from "@rose-ash/shared/contracts/people.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { findAnybody } from "../../people/find-anybody.ts";
import { peoplePage } from "../people-page.ts";
import { mayAsk } from "./may-ask.ts";

const MOST_TAGS = 8;
const querystring = z.object({ q: z.string().max(1000).default("") });

/** GET /people?q=: people by parts of their names; somebody elsewhere by exact name or address, whose host a member may have asked; and tags that begin so. */
export const searchPeople: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/people",
  schema: { querystring },
  async handler(request, reply) {
    const words = request.query.q.trim();
    const exact = await findExactly(request, words);
    const found = words === "" ? [] : await request.server.services.people.searchPeople(words);
    const people = [...(exact === null ? [] : [exact]), ...found.filter(({ uri }) => uri !== exact?.uri)];
    const [published, tags] = await Promise.all([
      words === "" ? findServices(request) : [],
      request.server.services.statuses.searchTags(words, MOST_TAGS),
    ]);
    return peoplePage(reply, "Find people", "people/search.html", { words, people, published, tags: tags.map(({ tag }) => tag) });
  },
};

/** Our own services that publish something: who is new here has somebody to follow. */
async function findServices({ server: { services, fediverse } }: FastifyRequest): Promise<PersonView[]> {
  const uris = (["blog", "market", "events"] as const).map((app) => fediverse.actors.ofApp(app).uri);
  const found = await services.people.findPeople(uris);
  return uris.flatMap((uri) => found.get(uri) ?? []);
}

async function findExactly(request: FastifyRequest, words: string): Promise<PersonView | null> {
  const isExact = /^@?[\w.-]+@[\w.:-]+$/.test(words) || /^https?:\/\/\S+$/.test(words);
  if (!isExact || request.viewer.kind !== "member" || !(await mayAsk(request, request.viewer.userId))) return null;
  const { server } = request;
  const found = await findAnybody(server, words);
  if (found.kind === "nobody" || found.kind === "suspended") return null;
  if (found.kind === "elsewhere") await server.fediverse.remote.keep(server.runtime.db, found.actor);
  const { uri } = found.actor;
  return (await server.services.people.findPeople([uri])).get(uri) ?? null;
}
