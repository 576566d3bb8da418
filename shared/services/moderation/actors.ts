import { eq, inArray, sql } from "drizzle-orm";
import type { ActorView } from "../../contracts/moderation.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { APPS } from "../../models/apps.ts";
import { apRemoteActors } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";

interface Parts {
  readonly db: Db | Tx;
  readonly publicUrl: PublicUrl;
}

/** By their addresses; of whom nothing is known the address is the name. */
export async function actorViews({ db, publicUrl }: Parts, uris: readonly string[]): Promise<ReadonlyMap<string, ActorView>> {
  const members = publicUrl("federation", "/ap/members/");
  const host = new URL(members).host;
  const handles = uris.flatMap((uri) => (uri.startsWith(members) ? [uri.slice(members.length)] : []));
  const [ours, theirs] = await Promise.all([
    handles.length === 0
      ? []
      : db.select({ userId: users.id, name: users.name, handle: users.handle }).from(users).where(inArray(users.handle, handles)),
    uris.length === 0
      ? []
      : db
          .select({ actor: apRemoteActors.uri, name: apRemoteActors.name, handle: apRemoteActors.handle, host: apRemoteActors.host })
          .from(apRemoteActors)
          .where(inArray(apRemoteActors.uri, [...uris])),
  ]);
  const views = new Map(
    uris.map((actor): [string, ActorView] => [
      actor,
      { actor, name: nameOfOurs(publicUrl, actor) ?? actor, handle: "", url: null, userId: null },
    ]),
  );
  for (const { handle, ...one } of ours)
    views.set(`${members}${handle}`, {
      ...one,
      actor: `${members}${handle}`,
      handle: `@${handle}@${host}`,
      url: publicUrl("federation", `/@${handle}`),
    });
  for (const one of theirs) {
    const handle = `@${one.handle}@${one.host}`;
    views.set(one.actor, { actor: one.actor, name: one.name || handle, handle, url: one.actor, userId: null });
  }
  return views;
}

/** A service of ours by its actor. */
function nameOfOurs(publicUrl: PublicUrl, uri: string): string | null {
  const app = APPS.find((one) => publicUrl(one, "/ap/actor") === uri);
  return app === undefined ? null : `@${app}`;
}

/** Somebody by what stewards type: an address, a handle here, @name@host of whom we know. */
export async function findActor({ db, publicUrl }: Parts, words: string): Promise<ActorView | null> {
  const text = words.trim();
  const here = new URL(publicUrl("federation", "/")).host;
  const [, name = "", host = here] = /^@?([\w.-]{1,100})(?:@([\w.:-]{1,260}))?$/.exec(text) ?? [];
  const uri = name === "" ? text : host === here ? publicUrl("federation", `/ap/members/${name}`) : await findByHandle(db, name, host);
  if (uri === null) return null;
  const view = (await actorViews({ db, publicUrl }, [uri])).get(uri) ?? null;
  return view === null || (view.userId === null && view.url === null) ? null : view;
}

async function findByHandle(db: Db | Tx, name: string, host: string): Promise<string | null> {
  const [row] = await db
    .select({ uri: apRemoteActors.uri })
    .from(apRemoteActors)
    .where(sql`${eq(sql`lower(${apRemoteActors.handle})`, name.toLowerCase())} and ${eq(apRemoteActors.host, host.toLowerCase())}`)
    .orderBy(apRemoteActors.uri)
    .limit(1);
  return row?.uri ?? null;
}
