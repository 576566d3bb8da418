import { emitActivity } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { findAnybody } from "../../../people/find-anybody.ts";
import { type MovingAway, moveAway } from "../../../people/move-away.ts";
import { mayAsk } from "../../people/may-ask.ts";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

const MOST_ALIASES = 5;
const aliasBody = z.object({ aliases: z.string().max(10_000).default("") });
const moveBody = z.object({ name: z.string().max(1000).default(""), sure: z.literal("yes").optional() });

const REFUSALS: Record<Exclude<MovingAway["kind"], "moved">, string> = {
  "not-found": "Nobody of that name was found. It looks like @ada@theirs.example.",
  unknown: "That account does not say that it is you. Enter your name here as an alias there first, then try again.",
  lately: "You have moved within the last thirty days. Whoever follows you is not asked to move more often.",
  ours: "That is an account here: people move between servers.",
};

const showMove: Route = {
  method: "GET",
  url: "/settings/move",
  handler: (request, reply) => movePage(request, reply, { name: "", aliases: null, errors: {} }),
};

/** POST /settings/move/aliases: accounts elsewhere that are the member's as well, so that they can move here. */
const setAliases: Route<{ Body: z.output<typeof aliasBody> }> = {
  method: "POST",
  url: "/settings/move/aliases",
  schema: { body: aliasBody },
  async handler(request, reply) {
    const { userId, handle } = memberOf(request);
    const { server } = request;
    const { aliases } = request.body;
    const own = server.fediverse.actors.ofMember(handle).uri;
    const again = (error: string) => movePage(request, reply.code(422), { name: "", aliases, errors: { aliases: error } });
    const names = [...new Set(aliases.split(/\s+/).filter(Boolean))];
    if (names.length > MOST_ALIASES) return again(`At most ${MOST_ALIASES}, please.`);
    const known = (await server.services.people.findRemoval(own))?.alsoKnownAs ?? [];
    const uris: string[] = [];
    for (const name of names) {
      if (known.includes(name)) uris.push(name);
      else if (!(await mayAsk(request, userId))) return again("That were many at once. Please go on in some minutes.");
      else {
        const found = await findAnybody(server, name);
        if (found.kind !== "elsewhere") return again(`Nobody elsewhere was found as ${name}.`);
        uris.push(found.actor.uri);
      }
    }
    await server.transaction(async (tx) => {
      await server.services.people.setAliases(tx, userId, uris);
      await emitActivity(tx, { originApp: "federation", actorId: userId, type: "Update", object: { type: "Profile", id: own } });
    });
    return reply.redirect(withNotice("/settings/move", "saved"), 303);
  },
};

/** POST /settings/move: away, to an account elsewhere. */
const goAway: Route<{ Body: z.output<typeof moveBody> }> = {
  method: "POST",
  url: "/settings/move",
  schema: { body: moveBody },
  async handler(request, reply) {
    const { userId, handle } = memberOf(request);
    const { server } = request;
    const { name, sure } = request.body;
    const again = (error: string) => movePage(request, reply.code(422), { name, aliases: null, errors: { name: error } });
    if (sure !== "yes") return again("Say first that you mean it.");
    if (!(await mayAsk(request, userId))) return again("That were many at once. Please go on in some minutes.");
    const { kind } = await moveAway(server, { ...server.fediverse.actors.ofMember(handle), userId }, name);
    return kind === "moved" ? reply.redirect(withNotice("/settings/move", "moved-away"), 303) : again(REFUSALS[kind]);
  },
};

/** POST /settings/move/back: the profile says no more that they went. Who follows them elsewhere goes on doing so. */
const comeBack: Route = {
  method: "POST",
  url: "/settings/move/back",
  async handler(request, reply) {
    const { userId, handle } = memberOf(request);
    const { services, transaction, fediverse } = request.server;
    await transaction(async (tx) => {
      await services.people.moveAway(tx, userId, null);
      const object = { type: "Profile", id: fediverse.actors.ofMember(handle).uri };
      await emitActivity(tx, { originApp: "federation", actorId: userId, type: "Update", object });
    });
    return reply.redirect(withNotice("/settings/move", "moved-back"), 303);
  },
};

async function movePage(
  request: FastifyRequest,
  reply: FastifyReply,
  tried: { name: string; aliases: string | null; errors: { name?: string; aliases?: string } },
) {
  const { handle } = memberOf(request);
  const { services, fediverse, publicUrl } = request.server;
  const own = fediverse.actors.ofMember(handle).uri;
  const removal = await services.people.findRemoval(own);
  const known = removal?.alsoKnownAs ?? [];
  const people = await services.people.findPeople([...known, ...(removal?.movedTo ? [removal.movedTo] : [])]);
  return settingsPage(reply, "Moving", "move/show.html", {
    ...{ name: tried.name, errors: tried.errors, aliases: tried.aliases ?? known.join("\n") },
    movedTo: removal?.movedTo ? (people.get(removal.movedTo) ?? { name: removal.movedTo, handle: "", path: removal.movedTo }) : null,
    own: `@${handle}@${new URL(publicUrl("federation", "")).host}`,
  });
}

/** Moving from and to other servers. */
export const moving: FastifyPluginAsync = async (app) => {
  for (const route of [showMove, comeBack]) app.route(route);
  app.route(setAliases);
  app.route(goAway);
};
