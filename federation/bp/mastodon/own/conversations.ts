import type { TimelineLine } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { z } from "zod";
import { idOfStatus } from "../../../mastodon/entities/status.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { member, memberReader } from "../access.ts";
import { pageParams, readLines, sendLink } from "../paging.ts";
import { readParams } from "../params.ts";
import { entityOf, type StatusRequest, statusOf, statusParams } from "../statuses/params.ts";

const params = z.object(pageParams);

/** GET /api/v1/conversations: direct posts, of those among the same people the latest (docs: entities/Conversation); its id is that post's. */
export const listConversations: Route = {
  method: "GET",
  url: "/api/v1/conversations",
  config: member("read:statuses"),
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, fediverse } = request.server;
    const own = fediverse.actors.ofMember(reader.handle).uri;
    const page = await readLines((from) => services.statuses.listDirect(reader, from), await readParams(request, params));
    sendLink(request, reply, page);
    const ties = await services.statuses.listTies(page.lines.map(({ status }) => status.id));
    const peopleOf = ({ status }: TimelineLine) =>
      [...new Set([status.author.uri, ...(ties.get(status.id)?.mentions ?? [])])].filter((uri) => uri !== own).sort();
    const latest = [...Map.groupBy(page.lines, (line) => peopleOf(line).join(" ")).values()].flatMap(([line]) => line ?? []);
    const show = makeShow(request.server, reader);
    const accounts = await show.accounts(latest.flatMap(peopleOf));
    const shown = new Map((await show.lines(latest)).map((status) => [status.id, status]));
    return reply.send(
      latest.flatMap((line) => {
        const status = shown.get(idOfStatus(line.status));
        const people = peopleOf(line).flatMap((uri) => accounts.get(uri) ?? []);
        return status === undefined ? [] : [{ id: status.id, unread: false, accounts: people, last_status: status }];
      }),
    );
  },
};

/** POST /api/v1/conversations/:id/read: they count as read, always. */
export const readConversation: Route<StatusRequest> = {
  method: "POST",
  url: "/api/v1/conversations/:id/read",
  schema: { params: statusParams },
  config: member("write:conversations"),
  async handler(request, reply) {
    const status = await entityOf(request, await statusOf(request, memberReader(request)));
    return reply.send({ id: status.id, unread: false, accounts: [status.account], last_status: status });
  },
};
