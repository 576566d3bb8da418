import { levelsOf, NOTICE_WAYS, type NoticeChoices, type NoticeLevel, type NoticeLevels } from "@rose-ash/shared/contracts/notices.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { NOTICE_KINDS, type NoticeKind } from "@rose-ash/shared/models/notices.ts";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { z } from "zod";
import { accountPage } from "../../sections.ts";
import { memberOf, membersOnly } from "../member.ts";
import { GROUPS, wordsOf } from "./kinds.ts";

/** Kinds by name. One that does not come in the way that is asked for stays as it was. */
const body = z.record(z.string(), z.unknown()).transform((typed) => ({
  levels: typedLevels(typed),
  seen: z.string().max(40).catch("").parse(typed["seen"]),
}));

const showNotices: Route = {
  method: "GET",
  url: "/settings/notices",
  async handler(request, reply) {
    const { notices } = request.server.services;
    return noticesPage(reply, await notices.getChoices(memberOf(request)), null);
  },
};

/** POST /settings/notices: what the member wants to hear of, and how. What came before stays. */
const saveNotices: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/settings/notices",
  schema: { body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const userId = memberOf(request);
    const { levels: before } = await services.notices.getChoices(userId);
    const levels = { ...before, ...request.body.levels };
    const saving = await transaction((tx) => services.notices.saveChoices(tx, userId, levels, request.body.seen));
    if (saving.kind === "saved") return reply.redirect(withNotice("/settings/notices", "saved"), 303);
    return noticesPage(reply.code(409), { ...saving.now, levels }, saving.now.levels);
  },
};

function typedLevels(typed: Readonly<Record<string, unknown>>): Partial<NoticeLevels> {
  const said = NOTICE_KINDS.flatMap((kind) => {
    const level = levelsOf(kind).find((one) => one === typed[kind]);
    return level === undefined ? [] : [[kind, level] as const];
  });
  return Object.fromEntries(said);
}

/** theirs: what was saved elsewhere meanwhile; null: nothing. */
function noticesPage(reply: FastifyReply, { levels, seen }: NoticeChoices, theirs: NoticeLevels | null): Promise<FastifyReply> {
  const optionsOf = (kind: NoticeKind) => levelsOf(kind).map((value) => ({ value, label: labelOf(kind, value) }));
  const groups = GROUPS.map(({ title, kinds }) => ({
    title,
    kinds: kinds.map(({ kind, ...words }) => ({
      ...{ ...words, kind, level: levels[kind], options: optionsOf(kind), isMailOnly: !NOTICE_WAYS[kind].isOnSite },
      meanwhile: theirs === null || theirs[kind] === levels[kind] ? null : labelOf(kind, theirs[kind]),
    })),
  }));
  return accountPage(reply, "notices/show.html", { groups, seen, isChangedElsewhere: theirs !== null });
}

const labelOf = (kind: NoticeKind, level: NoticeLevel) => wordsOf(level, levelsOf(kind));

/** What a member is told of, and by which way. */
export const noticeSettings: FastifyPluginAsync = async (app) => {
  membersOnly(app);
  app.route(showNotices);
  app.route(saveNotices);
};
