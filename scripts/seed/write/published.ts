import type { App } from "@rose-ash/shared/models/apps.ts";
import { apFollows } from "@rose-ash/shared/models/fediverse.ts";
import { type MEDIA_TYPES, mediaPath } from "@rose-ash/shared/models/media.ts";
import { makeKeepPublished } from "@rose-ash/shared/services/fediverse/keep-published.ts";
import { sql } from "drizzle-orm";
import { READERS } from "../content/statuses.ts";
import type { SeedContext } from "../context.ts";

interface Published extends Record<string, unknown> {
  type: "Article" | "Event";
  path: string;
  name: string;
  summary: string;
  published: string;
  startTime: string | null;
  sha256: string | null;
  contentType: keyof typeof MEDIA_TYPES | null;
}

/** What the journal and the calendar have published stands in the hub, for members who follow them. publicOrigin: "http://{app}.example". */
export async function writePublished({ tx, now }: SeedContext, publicOrigin: string): Promise<void> {
  const publicUrl = (app: App, path: string) => `${publicOrigin.replace("{app}", app)}${path}`;
  const { keepPublished } = makeKeepPublished({ timeZone: "Europe/London", locale: "en-GB" });
  const { rows } = await tx.execute<Published>(sql`
    (select 'Article' as type, '/posts/' || slug as path, title as name, excerpt as summary, published_at as published, null::timestamptz as "startTime",
        media.sha256, media.content_type as "contentType"
      from posts left join media on media.id = posts.picture_id where status = 'published' and audience is null order by published_at desc limit 8)
    union all
    (select 'Event', '/entries/' || entry.slug, entry.title, entry.summary, ${now}::timestamptz - interval '30 hours' * row_number() over (order by next.starts_at desc),
        next.starts_at, null::text, null::text
      from calendar_entries as entry join lateral (
        select min(starts_at) as starts_at from occurrences where occurrences.entry_id = entry.id and starts_at > ${now}) as next on next.starts_at is not null
      where entry.status = 'confirmed' order by next.starts_at limit 3)`);
  for (const { type, path, name, summary, published, startTime, sha256, contentType } of rows) {
    const app = type === "Article" ? "blog" : "events";
    const url = publicUrl(app, path);
    const image =
      sha256 === null || contentType === null ? {} : { image: { url: publicUrl(app, mediaPath({ sha256, contentType })), name: "" } };
    const times = startTime === null ? {} : { startTime: new Date(startTime).toISOString(), timezone: "Europe/London" };
    const object = { id: url, type, name, summary, url, published: new Date(published).toISOString(), ...times, ...image };
    await keepPublished(tx, { actor: publicUrl(app, "/ap/actor"), type: "Create", object, at: now });
  }
  const follows = READERS.flatMap((handle) =>
    (["blog", "events"] as const).map((app) => ({
      follower: publicUrl("federation", `/ap/members/${handle}`),
      followed: publicUrl(app, "/ap/actor"),
    })),
  );
  const state = { state: "accepted", acceptedAt: now } as const;
  await tx
    .insert(apFollows)
    .values(follows.map((one) => ({ ...one, ...state, activity: `${one.follower}#follows-${one.followed}` })))
    .onConflictDoNothing();
}
