import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import type { NotificationKind } from "@rose-ash/shared/models/federation.ts";
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** What a member can choose; what the co-operative's own services tell its stewards is theirs to hear. */
const KINDS = [
  { value: "follow", label: "Somebody follows you" },
  { value: "follow-request", label: "Somebody asks to follow you", hint: "Requests wait on the page of your followers in any case." },
  { value: "mention", label: "Somebody mentions or answers you" },
  { value: "like", label: "Somebody likes what you wrote" },
  { value: "boost", label: "Somebody shares what you wrote" },
  { value: "poll", label: "A poll that you answered or made is over" },
  { value: "post", label: "Something that you asked to hear of was written" },
  { value: "move", label: "Somebody whom you follow has moved" },
] as const satisfies readonly { value: NotificationKind; label: string; hint?: string }[];

const values = KINDS.map(({ value }) => value);
const body = z.object({
  kinds: z
    .union([z.enum(values), z.array(z.enum(values))])
    .default([])
    .transform((kinds) => [kinds].flat()),
});

const showKinds: Route = {
  method: "GET",
  url: "/settings/notifications",
  async handler(request, reply) {
    const off = await request.server.services.notifications.listOff(memberOf(request).userId);
    const chosen = values.filter((kind) => !off.includes(kind));
    return settingsPage(reply, "Notifications", "notifications/show.html", { kinds: KINDS, chosen });
  },
};

/** POST /settings/notifications: the kinds that the member wants to hear of. What came before stays. */
const chooseKinds: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/settings/notifications",
  schema: { body },
  async handler(request, reply) {
    const { userId } = memberOf(request);
    const { services, transaction } = request.server;
    const off = values.filter((kind) => !request.body.kinds.includes(kind));
    await transaction((tx) => services.notifications.setOff(tx, userId, off));
    return reply.redirect(withNotice("/settings/notifications", "saved"), 303);
  },
};

/** Which kinds of notifications a member gets. */
export const notificationKinds: FastifyPluginAsync = async (app) => {
  app.route(showKinds);
  app.route(chooseKinds);
};
