import type { Reader, StatusDraft } from "../../shared/contracts/statuses.ts";
import { apFollows, apRemoteActors } from "../../shared/models/fediverse.ts";
import type { StatusId } from "../../shared/models/ids.ts";
import type { TestApp } from "../app.ts";
import { aMember } from "./publication.ts";

/** A member who reads and writes. */
export async function aReader({ db }: Pick<TestApp, "db">, handle: string): Promise<Reader> {
  return { userId: await aMember(db, { handle, name: handle.charAt(0).toUpperCase() + handle.slice(1) }), handle };
}

/** What somebody says, as a whole. */
const aDraft = (draft: Partial<StatusDraft> = {}): StatusDraft => ({
  ...{ text: "Rye today", warning: "", language: "en", visibility: "public", answers: null, about: null, mentions: [] },
  ...{ pictures: [], poll: null, ...draft },
});

export const aStatus = (site: Pick<TestApp, "app" | "services">, author: Reader, draft: Partial<StatusDraft> = {}): Promise<StatusId> =>
  site.app.transaction((tx) => site.services.statuses.compose(tx, author, aDraft(draft)));

/** Somebody elsewhere, as their server said. */
export async function anActorElsewhere({ db }: Pick<TestApp, "db">, uri: string): Promise<string> {
  const { host, pathname } = new URL(uri);
  const handle = pathname.split("/").at(-1) ?? "";
  await db
    .insert(apRemoteActors)
    .values({ uri, host, type: "Person", handle, name: handle, inbox: `${uri}/inbox`, keys: [], document: {} })
    .onConflictDoNothing();
  return uri;
}

export async function aFollow({ db }: Pick<TestApp, "db">, follower: string, followed: string): Promise<void> {
  const activity = `${follower}#follows-${followed}`;
  await db.insert(apFollows).values({ follower, followed, activity, state: "accepted", acceptedAt: new Date() });
}
