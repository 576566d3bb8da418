import type { Activity } from "@rose-ash/shared/contracts/activities.ts";
import type { ActivityId, UserId } from "@rose-ash/shared/models/ids.ts";
import { sql } from "drizzle-orm";
import { expect } from "vitest";
import { makeHandlers } from "../../federation/handlers/index.ts";
import { openTestApp } from "../app.ts";
import { openPeer, type PeerActor, signed } from "../peer.ts";
import { aMember, aPost } from "./publication.ts";
import { signedIn } from "./signed-in.ts";

const PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

/** A post of the blog that the world was told of, with two servers that answer it, and federation, which hears them. */
export async function openDiscussion() {
  const site = await openTestApp("federation", { seeded: true, env: { DEPLOYMENT: "development", FEDIVERSE_LOOPBACK: "on" } });
  const [theirs, evil] = [await openPeer(), await openPeer("evil.localhost")];
  const { db, services } = site;
  const { publicUrl } = site.app;
  const handlers = makeHandlers(site.app);
  const ada = (await services.identity.listPeople()).find(({ handle }) => handle === "ada")?.userId ?? expect.fail();
  const decision = { by: ada, reason: "Read it" };
  let number = 0;

  /** Does what the activity asks of this handler, as the event processor would. */
  async function handle(name: string, activity: Partial<Activity>): Promise<void> {
    const handler = handlers.find((one) => one.name === name) ?? expect.fail();
    const whole: Activity = {
      ...{ id: 1 as ActivityId, originApp: "blog", actorId: null, type: "Create", object: { type: "Post", id: "1" }, details: {} },
      ...{ visibility: "internal", publishedAt: new Date(), ...activity },
    };
    if (handler.kind === "transaction") await db.transaction((tx) => handler.handle(tx, whole));
    else await handler.handle(whole, new AbortController().signal);
  }

  const scene = {
    source: { type: "Post" as const, id: 0 },
    post: "",
    slug: "",
    grace: 0 as UserId,
    mae: theirs.actor("mae"),
    eve: evil.actor("eve"),
  };
  return {
    ...{ site, theirs, evil, db, services, publicUrl, ada, scene, handle, decision },
    asAda: { cookies: await signedIn(site, "federation", ada) },
    as: async (userId: UserId) => ({ cookies: await signedIn(site, "federation", userId) }),
    /** Everything anew: another post by Ada, people who are not known yet, and no rules. */
    async begin(): Promise<void> {
      await db.execute(sql`
        with a as (delete from ap_inbox), c as (delete from ap_reactions), d as (delete from ap_documents), e as (delete from moderation_settings),
          f as (delete from ap_reports), g as (delete from ap_hosts), h as (delete from moderation_limits), i as (delete from rate_limits)
        delete from ap_outgoing`);
      number += 1;
      scene.mae = theirs.actor(`mae${number}`);
      scene.eve = evil.actor(`eve${number}`);
      scene.grace = await aMember(db, { handle: `grace-${number}`, name: "Grace" });
      scene.slug = `on-rye-${number}`;
      scene.source = { type: "Post", id: await aPost(db, { slug: scene.slug }, { authors: [ada] }) };
      scene.post = publicUrl("blog", `/posts/${scene.slug}`);
      const uri = publicUrl("blog", `/ap/activities/said-${number}`);
      const actor = publicUrl("blog", "/ap/actor");
      const object = { id: scene.post, type: "Article", attributedTo: actor };
      await db.transaction((tx) =>
        services.fediverse.say(tx, {
          ...{
            uri,
            app: "blog",
            actor,
            type: "Create",
            object: scene.post,
            visibility: "public",
            isListed: true,
            isForFollowers: true,
            to: [],
          },
          ...{
            document: { id: uri, type: "Create", actor, object },
            activityId: null,
            source: { type: "Post", id: String(scene.source.id) },
          },
        }),
      );
    },
    /** Sends it to federation's inbox, has it handled, and gives what was made of it: words, or the status where the gate refused. */
    async arrive(actor: PeerActor, activity: Record<string, unknown>): Promise<string> {
      number += 1;
      const id = `${new URL(actor.uri).origin}/activities/${number}`;
      const whole = { "@context": "https://www.w3.org/ns/activitystreams", id, actor: actor.uri, ...activity };
      const { headers, payload } = await signed(actor, `${site.origin}/ap/inbox`, whole);
      const host = new URL(site.origin).host;
      const { statusCode } = await site.app.inject({ method: "POST", url: "/ap/inbox", headers: { ...headers, host }, payload });
      if (statusCode !== 202) return String(statusCode);
      const { rows } = await db.execute<{ id: string }>(sql`select id from ap_inbox where activity = ${id}`);
      await handle("federation.receive", { details: { incoming: Number(rows[0]?.id) } });
      const { rows: outcomes } = await db.execute<{ outcome: string }>(sql`select outcome from ap_inbox where activity = ${id}`);
      return outcomes[0]?.outcome ?? "nothing";
    },
    /** Does what the last change of a comment asks for. */
    async tellOfLast(): Promise<void> {
      const { rows } = await db.execute<{ id: string; type: Activity["type"]; object_id: string }>(
        sql`select id, type, object_id from ap_activities where object_type = 'Comment' and type <> 'Offer' order by id desc limit 1`,
      );
      const row = rows[0] ?? expect.fail("nothing was told of");
      const object = { type: "Comment", id: row.object_id };
      await handle("federation.tell-of-comment", { id: Number(row.id) as ActivityId, type: row.type, object });
    },
    aNote: (by: PeerActor, more: Record<string, unknown> = {}) => ({
      ...{ id: `${new URL(by.uri).origin}/notes/${++number}`, type: "Note", attributedTo: by.uri, inReplyTo: scene.post, to: [PUBLIC] },
      ...{ content: "<p>Well said.</p>", published: "2026-11-01T10:00:00Z", ...more },
    }),
    shown: async () => (await services.comments.listShown(scene.source, 1)).comments,
    waiting: async () => (await services.comments.listModerated("waiting", 1)).comments,
    approve: (uris: readonly string[]) => db.transaction((tx) => services.comments.approve(tx, uris, decision)),
    hide: (uris: readonly string[]) => db.transaction((tx) => services.comments.hide(tx, uris, decision)),
    comment: (text: string, { by = scene.grace, answers = null as string | null } = {}) =>
      db.transaction((tx) => services.comments.write(tx, { source: scene.source, by, text, warning: "", answers })),
    countStored: async () => (await db.execute(sql`select uri from ap_documents where deleted_at is null`)).rows.length,
    async close(): Promise<void> {
      await site.close();
      await theirs.close();
      await evil.close();
    },
  };
}
