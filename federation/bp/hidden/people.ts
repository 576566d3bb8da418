import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import { z } from "zod";
import { block, unblock } from "../../people/decide.ts";
import { type TargetRequest, targetBody, targetOf } from "../people/target.ts";

const DAYS = ["0", "1", "7", "30"] as const;
const muteBody = targetBody.extend({ days: z.enum(DAYS).default("0"), quiet: z.enum(["yes", "no"]).default("no") });

/** POST /hidden/mutes: the member sees nothing of them, for days or until they say otherwise; quiet: no notifications either. */
export const muteSomebody: Route<{ Body: z.output<typeof muteBody> }> = {
  method: "POST",
  url: "/hidden/mutes",
  schema: { body: muteBody },
  async handler(request, reply) {
    const { own, person, next } = await targetOf(request);
    const { days, quiet } = request.body;
    const { services, transaction, runtime } = request.server;
    const until = days === "0" ? null : new Date(runtime.clock.now().getTime() + Number(days) * 86_400_000);
    const mute = { actor: own.uri, muted: person.uri, until, hidesNotifications: quiet === "yes" };
    await transaction((tx) => services.people.mute(tx, mute));
    return reply.redirect(withNotice(next, "muted"), 303);
  },
};

export const unmuteSomebody: Route<TargetRequest> = {
  method: "POST",
  url: "/hidden/mutes/end",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person, next } = await targetOf(request);
    const { services, transaction } = request.server;
    const isDone = await transaction((tx) => services.people.unmute(tx, own.uri, person.uri));
    return reply.redirect(withNotice(next, isDone ? "unmuted" : "not-there-now"), 303);
  },
};

/** POST /hidden/blocks: nothing passes between the two any more, and their server is told. */
export const blockSomebody: Route<TargetRequest> = {
  method: "POST",
  url: "/hidden/blocks",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person, next } = await targetOf(request);
    await block(request.server, own, person.uri);
    return reply.redirect(withNotice(next, "blocked"), 303);
  },
};

export const unblockSomebody: Route<TargetRequest> = {
  method: "POST",
  url: "/hidden/blocks/end",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person, next } = await targetOf(request);
    const isDone = await unblock(request.server, own, person.uri);
    return reply.redirect(withNotice(next, isDone ? "unblocked" : "not-there-now"), 303);
  },
};
