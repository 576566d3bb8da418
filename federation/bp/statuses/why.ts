import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { memberReader } from "../hub/reader.ts";
import { type StatusRequest, statusParams } from "./params.ts";

/** What the proof of one's own sight rests on: nothing that its reader could not find out by reading. */
const SHOWN = [
  "can_see",
  "audience",
  "wrote",
  "to",
  "follows",
  "announces",
  "auto_follow",
  "unfollowed",
  "actor",
  "local",
  "cut",
  "blocked",
].map((name) => `federation.${name}`);

/** GET /posts/:id/why: why a member sees a post, as the relations that decide it say. */
export const whySeen: Route<StatusRequest> = {
  method: "GET",
  url: "/posts/:id/why",
  schema: { params: statusParams },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, fediverse } = request.server;
    const status = await services.statuses.getStatus(request.params.id, reader);
    const me = fediverse.actors.ofMember(reader.handle).uri;
    const [proof, isFollowed] = await Promise.all([
      services.relations.explain(reader.userId, { relation: "federation.can_see", values: [me, status.uri] }, SHOWN),
      services.relations.holds({ relation: "federation.follows", values: [me, status.author.uri] }), // asked for, or by a rule
    ]);
    const names: readonly [string, string][] = [
      [status.uri, "this post"],
      [me, "you"],
      [status.author.uri, status.author.handle],
    ];
    reply.header("cache-control", "private, no-store");
    return reply.page("statuses/why.html", {
      status,
      proof: proof === null ? null : inWords(proof, names),
      isFollowed,
    });
  },
};

/** The same proof with names where relations have addresses. */
function inWords(proof: ProofView, names: readonly [string, string][]): ProofView {
  const named = names.reduce((text, [uri, name]) => text.replaceAll(uri, name), proof.words);
  const words = named.replace(/\byou (follow|block|live|announce|want)s\b/g, "you $1").replace(/\byou is\b/g, "you are");
  return { ...proof, words, premises: proof.premises.map((one) => inWords(one, names)) };
}
