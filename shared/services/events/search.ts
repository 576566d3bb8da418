import { and, desc, eq, sql } from "drizzle-orm";
import { type Searchable, searchHit } from "../../contracts/search.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { calendarEntries } from "../../models/events.ts";
import { media } from "../../models/media.ts";
import { occurrences } from "../../models/occurrences.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { cleanWords, markExcerpt, markedOf, markWhole, prepareNamesLike, question } from "../search.ts";
import { isShown } from "./entry-card.ts";
import { isNextTime } from "./next-time.ts";

/** Entries by their words, each at its next time: those that are still to come first, the soonest of them before the others; then the latest past one. */
export function makeSearch({ db, clock, publicUrl }: ServiceDeps): Searchable {
  const { search } = calendarEntries;
  const { endsAt, startsAt } = occurrences;
  const now = sql`${sql.placeholder("now")}::timestamptz`;
  const isToCome = sql`${endsAt} > ${sql.placeholder("now")}::timestamptz`;
  const distance = sql`abs(extract(epoch from ${startsAt} - ${sql.placeholder("now")}::timestamptz))`;
  const found = db
    .select({
      slug: calendarEntries.slug,
      title: markWhole(calendarEntries.title),
      excerpt: markExcerpt(calendarEntries.summary),
      detail: calendarEntries.place,
      picture: pictureColumns,
      startsAt,
      zone: calendarEntries.zone,
    })
    .from(calendarEntries)
    .innerJoin(occurrences, and(eq(occurrences.entryId, calendarEntries.id), isNextTime(now)))
    .leftJoin(media, eq(media.id, calendarEntries.pictureId))
    .where(sql`${isShown} and ${search} @@ ${question}`)
    .orderBy(desc(isToCome), distance, calendarEntries.id)
    .limit(sql.placeholder("limit"))
    .prepare("events_search");
  return {
    async search(words, limit) {
      const rows = await found.execute({ words: cleanWords(words), limit, now: clock.now().toISOString() });
      return rows.map((row) =>
        searchHit.parse({
          ...row,
          url: publicUrl("events", `/entries/${row.slug}`),
          title: markedOf(row.title),
          excerpt: markedOf(row.excerpt),
          picture: pictureOf(row.picture),
        }),
      );
    },
    listNamesLike: prepareNamesLike(db, "events_names_like", { column: calendarEntries.title, table: calendarEntries, isShown }),
  };
}
