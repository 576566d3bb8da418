import type { IncomingSubscriber } from "@rose-ash/shared/contracts/newsletters.ts";
import type { NewsletterId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { digest } from "./digest.ts";
import type { GhostParts } from "./parts.ts";
import { listPages } from "./resources.ts";
import { slugFor } from "./slug-for.ts";

const newsletter = z.object({ id: z.string(), slug: z.string(), name: z.string(), description: z.string().nullish() });
const member = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullish(),
  created_at: z.string(),
  newsletters: z.array(z.object({ id: z.string() })).default([]),
  labels: z.array(z.object({ name: z.string() })).default([]),
  email_suppression: z.object({ suppressed: z.boolean() }).nullish(),
});
type Member = z.output<typeof member>;

/** How often all members are looked through by itself. */
const EVERY_MS = 6 * 3_600_000;
const MOST_UNMET = 50;

/**
 * Brings members of Ghost, what they subscribed to, and their labels. It only ever reads there, and nobody is written to. Who is
 * not met any more is asked about: Ghost's saying that they are not there is the only proof. Gives how many it met.
 */
export async function bringMembers(parts: GhostParts): Promise<number> {
  const { services, transaction, clock, client } = parts;
  const look = await transaction((tx) => services.ghost.beginMembers(tx));
  const lists = await bringNewsletters(parts);
  let met = 0;
  for await (const members of listPages(client, "members", member, { include: "newsletters,labels" })) {
    met += members.length;
    await takePage(parts, look, members, lists);
  }
  await followDeletions(parts, look);
  await transaction((tx) => services.ghost.endMembers(tx, new Date(clock.now().getTime() + EVERY_MS)));
  return met;
}

/** The lists of Ghost's here, by their ids there; one of the same slug is the same. */
async function bringNewsletters({ client, services, transaction }: GhostParts): Promise<ReadonlyMap<string, NewsletterId>> {
  const lists = new Map<string, NewsletterId>();
  for await (const page of listPages(client, "newsletters", newsletter, { order: "sort_order asc" })) {
    for (const { id, slug, name, description } of page) {
      const known = await services.ghost.findNewsletter(id);
      const fields = { slug: slugFor(slug), name: name.slice(0, 191), description: (description ?? "").slice(0, 2000) };
      const own = known ?? (await transaction(async (tx) => link(tx, id, await services.newsletters.ensureNewsletter(tx, fields))));
      lists.set(id, own);
    }
  }
  return lists;

  async function link(tx: Parameters<typeof services.ghost.linkNewsletter>[0], id: string, own: NewsletterId): Promise<NewsletterId> {
    await services.ghost.linkNewsletter(tx, id, own);
    return own;
  }
}

async function takePage(
  { services, transaction }: GhostParts,
  look: number,
  members: readonly Member[],
  lists: ReadonlyMap<string, NewsletterId>,
) {
  const seen = members.map((one) => ({ ghostId: one.id, digest: digest(one), member: one }));
  await transaction(async (tx) => {
    const otherwise = await services.ghost.noteMembers(tx, look, seen);
    const changed = seen.filter(({ ghostId }) => otherwise.has(ghostId));
    if (changed.length === 0) return;
    const ids = await services.newsletters.takeIn(
      tx,
      "ghost",
      changed.map((one) => incoming(one.member, lists)),
    );
    const links = changed.flatMap(({ ghostId, digest: said }, index) => {
      const subscriberId = ids[index];
      return subscriberId == null ? [] : [{ ghostId, digest: said, subscriberId }];
    });
    const left = await services.ghost.linkMembers(tx, look, links);
    if (left.length > 0) await services.newsletters.withdraw(tx, "ghost", left);
  });
}

function incoming(
  { email, name, created_at, newsletters, labels, email_suppression }: Member,
  lists: ReadonlyMap<string, NewsletterId>,
): IncomingSubscriber {
  const since = new Date(created_at);
  return {
    ...{ email, name: name ?? "", labels: labels.map((label) => label.name), isSuppressed: email_suppression?.suppressed ?? false },
    newsletterIds: newsletters.flatMap(({ id }) => lists.get(id) ?? []),
    since: Number.isNaN(since.getTime()) ? new Date(0) : since,
  };
}

/** A list that is read page by page can miss somebody: each who was not met is asked about. */
async function followDeletions({ client, services, transaction }: GhostParts, look: number): Promise<void> {
  const gone: Awaited<ReturnType<typeof services.ghost.listUnmetMembers>>[number][] = [];
  for (const one of await services.ghost.listUnmetMembers(look, MOST_UNMET)) {
    if ((await client.get(`members/${encodeURIComponent(one.ghostId)}/`)) === null) gone.push(one);
  }
  if (gone.length === 0) return;
  await transaction(async (tx) => {
    await services.newsletters.withdraw(
      tx,
      "ghost",
      gone.map(({ subscriberId }) => subscriberId),
    );
    await services.ghost.dropMembers(
      tx,
      gone.map(({ ghostId }) => ghostId),
    );
  });
}
