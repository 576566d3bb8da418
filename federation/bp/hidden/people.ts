import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { block, unblock } from "../../people/decide.ts";
import { deedAbout } from "../people/deed.ts";
import { targetBody, targetOf } from "../people/target.ts";

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

export const unmuteSomebody = deedAbout("/hidden/mutes/end", async ({ services, transaction }, { own, person }) =>
  (await transaction((tx) => services.people.unmute(tx, own.uri, person.uri))) ? "unmuted" : "not-there-now",
);

/** Nothing passes between the two any more, and their server is told. */
export const blockSomebody = deedAbout("/hidden/blocks", async (server, { own, person }) => {
  await block(server, own, person.uri);
  return "blocked";
});

export const unblockSomebody = deedAbout("/hidden/blocks/end", async (server, { own, person }) =>
  (await unblock(server, own, person.uri)) ? "unblocked" : "not-there-now",
);
