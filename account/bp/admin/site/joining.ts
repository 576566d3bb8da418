import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { JOINING, type Joining } from "@rose-ash/shared/models/site.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Difference, differencesOf } from "../form.ts";
import { tabsOf } from "./tabs.ts";

const WORDS: Readonly<Record<Joining, { readonly label: string; readonly hint: string }>> = {
  open: { label: "Everybody", hint: "Whoever proves a mail address becomes a member." },
  approval: { label: "Whom a steward lets in", hint: "Whoever proves a mail address says why, and waits for your answer." },
  invitation: { label: "Only who was invited", hint: "Others are told so, once they have proved that the address is theirs." },
};

/** GET /admin/site/joining: who may become a member. */
export const showJoining: Route = {
  method: "GET",
  url: "/admin/site/joining",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { value, state } = await request.server.services.site.getSection("joining");
    return sendJoining(request, reply, { value, state, differences: [] });
  },
};

const body = z.object({ joining: z.enum(JOINING), state: z.string().max(60) });

/** POST /admin/site/joining. */
export const saveJoining: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/admin/site/joining",
  schema: { body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const { joining: value, state } = request.body;
    const by = adminOf(request).userId;
    const saved = await transaction((tx) => services.site.saveSection(tx, "joining", { value, state, by }));
    if (saved.kind === "conflict") {
      const differences = differencesOf([{ label: "Who may join", now: WORDS[saved.now.value].label, typed: WORDS[value].label }]);
      return sendJoining(request, reply.code(409), { value, state: saved.now.state, differences });
    }
    await runtime.siteKeeper.refresh();
    return reply.redirect(withNotice("/admin/site/joining", "saved"), 303);
  },
};

async function sendJoining(
  request: FastifyRequest,
  reply: FastifyReply,
  sent: { readonly value: Joining; readonly state: string; readonly differences: readonly Difference[] },
): Promise<FastifyReply> {
  const options = JOINING.map((value) => ({ value, ...WORDS[value] }));
  return reply.page("admin/site/joining.html", { menu: menuOf(request), tabs: await tabsOf(request, "joining"), options, ...sent });
}
