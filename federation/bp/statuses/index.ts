import multipart from "@fastify/multipart";
import { MEDIA_LIMITS } from "@rose-ash/shared/contracts/media.ts";
import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyPluginAsync } from "fastify";
import { sendGuestsToSignIn } from "../settings/member.ts";
import { composeStatus } from "./compose.ts";
import { statusDeeds } from "./deeds.ts";
import { editStatus, saveStatus } from "./edit.ts";
import { fetchMissing } from "./fetch-thread.ts";
import { showHistory } from "./history.ts";
import { newStatus } from "./new.ts";
import { listReactors } from "./reactors.ts";
import { askToRemove, removeStatus } from "./remove.ts";
import { showStatus } from "./show.ts";
import { voteOnStatus } from "./vote.ts";
import { whySeen } from "./why.ts";

/** Posts: what is said, and what people do with it. */
export const statuses: FastifyPluginAsync = async (app) => {
  for (const route of [showStatus, showHistory, ...listReactors]) app.route(route);
  await app.register(async (own) => {
    await own.register(multipart, { limits: { fileSize: MEDIA_LIMITS.pictureBytes + 1, files: STATUS_LIMITS.pictures } });
    own.addHook("onRequest", async (_request, reply) => void reply.header("cache-control", "private, no-store"));
    own.addHook("onRequest", sendGuestsToSignIn);
    own.route(newStatus);
    own.route(composeStatus);
    own.route(editStatus);
    own.route(saveStatus);
    own.route(voteOnStatus);
    for (const route of [askToRemove, removeStatus, whySeen, fetchMissing]) own.route(route);
    for (const route of statusDeeds) own.route(route);
  });
};
