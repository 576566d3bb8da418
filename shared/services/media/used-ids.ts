import { type SQL, sql } from "drizzle-orm";
import { pages, posts } from "../../models/blog.ts";
import { calendarEntries } from "../../models/events.ts";
import { users } from "../../models/identity.ts";
import { productPictures, products } from "../../models/market.ts";
import { media, mediaVariants } from "../../models/media.ts";
import { marketPlaces } from "../../models/places.ts";
import { revisions } from "../../models/revisions.ts";
import { siteSettings } from "../../models/site.ts";
import { apPictures } from "../../models/statuses.ts";

/** Every text that can hold the address of a stored file. */
const texts: SQL = sql`(
  select html as words from ${posts} union all select document::text from ${posts}
  union all select html from ${pages} union all select document::text from ${pages}
  union all select html from ${revisions} union all select document::text from ${revisions}
  union all select html from ${calendarEntries} union all select description from ${products})`;

/**
 * Files that something shows, as a picture of its own or inside a text. It reads every text there is: a question for
 * somebody who tidies the library, not for a page that people wait for.
 */
export const usedIds: SQL = sql`(
  with named as materialized (
    select distinct found[1] as sha256 from ${texts} t, regexp_matches(t.words, '/media/[0-9a-f]{2}/([0-9a-f]{64})', 'g') found
    where t.words like '%/media/%')
  select id from ${media} where sha256 in (select sha256 from named)
  union select media_id from ${mediaVariants} where sha256 in (select sha256 from named)
  union select shown from ${posts}, unnest(array[picture_id, og_picture_id, twitter_picture_id]) shown where shown is not null
  union select shown from ${pages}, unnest(array[picture_id, og_picture_id, twitter_picture_id]) shown where shown is not null
  union select picture_id from ${users} where picture_id is not null
  union select picture_id from ${products} where picture_id is not null
  union select media_id from ${productPictures}
  union select picture_id from ${marketPlaces} where picture_id is not null
  union select picture_id from ${calendarEntries} where picture_id is not null
  union select logo_id from ${siteSettings} where logo_id is not null
  union select media_id from ${apPictures})`;
