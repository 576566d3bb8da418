import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { GhostParts } from "../blog/services/ghost/parts.ts";
import { round } from "../blog/services/ghost/round.ts";
import type { PostForEditing } from "../shared/contracts/writing.ts";
import type { PostId, UserId } from "../shared/models/ids.ts";
import { openTestApp, type TestApp } from "./app.ts";
import { aMember } from "./builders/publication.ts";
import { type FakeGhost, lexicalOf, openFakeGhost } from "./fake-ghost/index.ts";

/** A blog and a Ghost of its own, which are brought into step by hand. */
export interface GhostSite {
  readonly ghost: FakeGhost;
  readonly blog: TestApp;
  readonly parts: GhostParts;
  readonly ada: UserId;
  /** Begins the first import. */
  start(): Promise<void>;
  /** Lets a while pass in Ghost, and takes turns until nothing is to be done. */
  turn(): Promise<void>;
  /** The same with a look through everything. */
  sweep(): Promise<void>;
  /** The post here that is this one in Ghost; throws when there is none. */
  here(ghostId: string): Promise<PostForEditing>;
  linkOf(ghostId: string): Promise<LinkRow | undefined>;
  /** A post here, published. */
  publish(title: string, words?: string): Promise<PostId>;
  close(): Promise<void>;
}

type LinkRow = {
  id: number;
  post_id: string | null;
  page_id: string | null;
  note: string;
  trouble: string | null;
  is_ended: boolean;
  wanted_at: string | null;
};

const MOST_TURNS = 40;

export async function openGhostSite(): Promise<GhostSite> {
  const ghost = await openFakeGhost();
  const blog = await openTestApp("blog", { env: ghost.env });
  const { app, db, services } = blog;
  const parts = app.ghostParts;
  const ada = await aMember(db, { handle: "ada", name: "Ada Marlowe" });
  await db.execute(
    sql`insert into user_emails (email, user_id, is_primary) values ('ada@rose-ash.test', ${ada}, true) on conflict do nothing`,
  );
  const holder = randomUUID();
  const turn = async () => {
    ghost.store.advance(10_000);
    await db.execute(sql`update ghost_state set polled_at = null`);
    for (let turns = 0; turns < MOST_TURNS; turns++) {
      ghost.store.advance(3000); // a moment has passed, on both sides
      await db.execute(sql`update ghost_links set wanted_at = now() where wanted_at > now() and trouble is null`);
      await round(parts, holder, new AbortController().signal);
      if (!(await isBusy())) return;
    }
    throw new Error("it is never done");
  };
  const isBusy = async () => {
    const { rows } = await db.execute(sql`select from ghost_links where wanted_at is not null and trouble is null limit 1`);
    return rows.length > 0;
  };
  const linkOf = async (ghostId: string) => {
    const { rows } = await db.execute<LinkRow>(sql`select * from ghost_links where ghost_id = ${ghostId}`);
    return rows[0];
  };
  return {
    ...{ ghost, blog, parts, ada, turn, linkOf },
    async start() {
      await app.transaction((tx) => services.ghost.start(tx, { by: ada }));
      await turn();
    },
    async sweep() {
      await db.execute(sql`update ghost_state set sweep_wanted_at = now()`);
      await turn();
    },
    async here(ghostId) {
      const link = await linkOf(ghostId);
      const post = await services.writing.findPost(Number(link?.post_id) as PostId);
      if (post === null) throw new Error(`${ghostId} is not here: ${JSON.stringify(link)}`);
      return post;
    },
    async publish(title, words = "Rye needs a night.") {
      const text = { document: JSON.parse(lexicalOf(words)), html: `<p>${words}</p>`, plaintext: words };
      return app.transaction(async (tx) => {
        const made = await services.writing.createPost(tx, { by: ada, text, settings: { title } });
        if (made.kind !== "created") throw new Error(made.kind);
        await services.writing.publish(tx, { kind: "post", id: made.id }, { by: ada, at: null });
        return made.id;
      });
    },
    async close() {
      await blog.close();
      await ghost.close();
    },
  };
}
