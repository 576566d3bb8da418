import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";
import type { LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { follow, unfollow } from "../../../following/follow.ts";
import { block, removeFollower, unblock } from "../../../people/decide.ts";
import { mayAsk } from "../../people/may-ask.ts";
import { member } from "../access.ts";
import { ClientError, tooMany } from "../errors.ts";
import { flag, readParams, wholeNumber } from "../params.ts";
import { type AccountRequest, accountParams, targetOf } from "./params.ts";
import { relationshipWith } from "./relationships.ts";

interface Deed {
  readonly name: string;
  readonly scope: string;
  do(request: FastifyRequest, who: { reader: Reader; own: LocalActor; uri: string }): Promise<void>;
}

const YEAR_SECONDS = 366 * 86_400;
/** notify: whether the member is told of each of their posts. */
const followParams = z.object({ notify: flag.optional() });
const muteParams = z.object({ notifications: flag.default(true), duration: wholeNumber(0, YEAR_SECONDS).default(0) });

const DEEDS: readonly Deed[] = [
  {
    ...{ name: "follow", scope: "write:follows" },
    async do(request, { reader, own, uri }) {
      const { services, transaction } = request.server;
      if (!(await mayAsk(request, reader.userId))) throw tooMany();
      const { notify } = await readParams(request, followParams);
      const done = await follow(request.server, own, uri);
      if (done.kind === "refused" || done.kind === "not-found") throw new ClientError(403, "This action is not allowed");
      if (notify !== undefined) await transaction((tx) => services.people.alert(tx, own.uri, uri, notify));
    },
  },
  {
    ...{ name: "unfollow", scope: "write:follows" },
    async do(request, { reader, own, uri }) {
      await unfollow(request.server, { ...own, userId: reader.userId }, uri);
    },
  },
  {
    ...{ name: "remove_from_followers", scope: "write:follows" },
    async do(request, { own, uri }) {
      await removeFollower(request.server, own, uri);
    },
  },
  { name: "block", scope: "write:blocks", do: (request, { own, uri }) => block(request.server, own, uri) },
  {
    ...{ name: "unblock", scope: "write:blocks" },
    async do(request, { own, uri }) {
      await unblock(request.server, own, uri);
    },
  },
  {
    ...{ name: "mute", scope: "write:mutes" },
    async do(request, { own, uri }) {
      const { notifications: hidesNotifications, duration } = await readParams(request, muteParams);
      const { services, transaction, runtime } = request.server;
      const until = duration === 0 ? null : new Date(runtime.clock.now().getTime() + duration * 1000);
      await transaction((tx) => services.people.mute(tx, { actor: own.uri, muted: uri, until, hidesNotifications }));
    },
  },
  {
    ...{ name: "unmute", scope: "write:mutes" },
    async do({ server }, { own, uri }) {
      await server.transaction((tx) => server.services.people.unmute(tx, own.uri, uri));
    },
  },
];

/** POST /api/v1/accounts/:id/follow, unfollow, block and so on: what the buttons of a profile do. */
export const accountDeeds: readonly Route<AccountRequest>[] = DEEDS.map(({ name, scope, do: act }) => ({
  method: "POST",
  url: `/api/v1/accounts/:id/${name}`,
  schema: { params: accountParams },
  config: member(scope),
  async handler(request: FastifyRequest<AccountRequest>, reply: FastifyReply) {
    const { reader, own, profile } = await targetOf(request);
    await act(request, { reader, own, uri: profile.uri });
    return reply.send(await relationshipWith(request, profile.uri));
  },
}));
