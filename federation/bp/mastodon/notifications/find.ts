import type { NotificationFilter, NotificationView } from "@rose-ash/shared/contracts/notifications.ts";
import type { Reader } from "@rose-ash/shared/contracts/statuses.ts";
import type { NotificationKind } from "@rose-ash/shared/models/federation.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Notification, notificationEntity, TOLD_KINDS, TYPES } from "../../../mastodon/entities/notification.ts";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { makeShow } from "../../../mastodon/show.ts";
import { notFound } from "../errors.ts";
import { limitOf, listOf, readParams, text } from "../params.ts";

const id = text(100).optional();
const params = z.object({
  ...{ max_id: id, since_id: id, min_id: id, limit: limitOf(40, 80) },
  ...{ types: listOf(text(100), 50), exclude_types: listOf(text(100), 50), account_id: text(3000).optional() },
});

export interface FoundNotifications {
  readonly notifications: readonly Notification[];
  readonly next: string | null;
  readonly prev: string | null;
}

/** A page of the member's notifications, one by one. */
export async function findNotifications(request: FastifyRequest, reader: Reader): Promise<FoundNotifications> {
  const sent = await readParams(request, params);
  const filter = filterOf(sent);
  if (filter === null) return { notifications: [], next: null, prev: null };
  const found = await request.server.services.notifications.listEach(reader.userId, filter);
  const [first, last] = [found[0], found.at(-1)];
  return {
    notifications: await entitiesOf(request.server, reader, found),
    next: found.length < filter.limit || last === undefined ? null : String(last.id),
    prev: first === undefined ? null : String(first.id),
  };
}

/** Null: there can be none. */
function filterOf({
  max_id,
  since_id,
  min_id,
  limit,
  types,
  exclude_types,
  account_id,
}: z.output<typeof params>): NotificationFilter | null {
  const isNamed = (kind: NotificationKind, some: readonly string[]) => some.includes(TYPES[kind] ?? "");
  const kinds = TOLD_KINDS.filter((kind) => (types.length === 0 || isNamed(kind, types)) && !isNamed(kind, exclude_types));
  const actor = account_id === undefined ? null : uriOfAccount(account_id);
  if (kinds.length === 0 || (account_id !== undefined && actor === null)) return null;
  return { kinds, actor, before: numberIn(max_id), since: numberIn(since_id), after: numberIn(min_id), limit };
}

/** What is larger than any id stands above all of them. */
function numberIn(given: string | undefined): number | null {
  if (given === undefined || !/^\d+$/.test(given)) return null;
  return Math.min(Number(given), Number.MAX_SAFE_INTEGER);
}

/** What is about something that is gone, or not for the member any more, is left out. */
async function entitiesOf(server: FastifyInstance, reader: Reader, found: readonly NotificationView[]): Promise<readonly Notification[]> {
  const show = makeShow(server, reader);
  const [accounts, views] = await Promise.all([
    show.accounts(found.map(({ actor }) => actor)),
    server.services.statuses.findAllByUri([...new Set(found.map(({ object }) => object).filter((one) => one !== ""))], reader),
  ]);
  const statuses = new Map((await show.statuses([...views.values()])).map((status) => [status.uri, status]));
  return found.flatMap((one) => notificationEntity(one, accounts.get(one.actor), statuses.get(one.object)) ?? []);
}

export const notificationParams = z.object({
  id: z
    .string()
    .regex(/^(?:ungrouped-)?[1-9]\d{0,14}$/)
    .transform((text) => Number(text.replace("ungrouped-", ""))),
});
export type NotificationRequest = { Params: z.output<typeof notificationParams> };

/** Throws 404 for somebody else's. */
export async function notificationOf(
  { server, params: { id: wanted } }: FastifyRequest<NotificationRequest>,
  reader: Reader,
): Promise<Notification> {
  const view = await server.services.notifications.findOne(reader.userId, wanted);
  const [entity] = view === null ? [] : await entitiesOf(server, reader, [view]);
  if (entity === undefined) throw notFound();
  return entity;
}
