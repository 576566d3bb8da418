import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { writeActivities } from "./write/activities.ts";
import { writeCalendar } from "./write/calendar.ts";
import { writeMedia } from "./write/media.ts";
import { writeNotifications } from "./write/notifications.ts";
import { writePages } from "./write/pages.ts";
import { writePeople } from "./write/people.ts";
import { writePosts } from "./write/posts.ts";
import { writeOrder, writeTickets } from "./write/purchases.ts";
import { writeShop } from "./write/shop.ts";

/** How many rows of each kind a run made. */
export interface SeedReport {
  media: number;
  people: number;
  products: number;
  posts: number;
  pages: number;
  entries: number;
  orders: number;
  tickets: number;
  activities: number;
  notifications: number;
}

/**
 * Fills a migrated database with the co-operative, in one transaction, and mediaDir with its pictures.
 * Makes only what is not there: a second run makes nothing, one in a new month adds that month's entries.
 */
export async function seed(databaseUrl: string, mediaDir: string, now: Date): Promise<SeedReport> {
  const db = openDb(databaseUrl, 1);
  try {
    return await db.transaction(async (tx) => {
      const media = await writeMedia(tx, mediaDir);
      const context = { tx, now, pictures: media.pictures };
      const { people, inserted } = await writePeople(context);
      const { products, added } = await writeShop(context);
      const posts = await writePosts(context, { people, products });
      const pages = await writePages(context);
      const calendar = await writeCalendar(context, people);
      return {
        ...{ media: media.inserted, people: inserted, products: added.size, posts: posts.size, pages, entries: calendar.announced.size },
        orders: await writeOrder(context, people, products),
        tickets: await writeTickets(context, people, calendar.planned),
        activities: await writeActivities(context, { people, posts, products, added, calendar }),
        notifications: await writeNotifications(context, { people, posts, calendar }),
      };
    });
  } finally {
    await db.close();
  }
}

if (import.meta.main) {
  const databaseUrl = process.env["DATABASE_URL"];
  if (!databaseUrl) throw new Error("DATABASE_URL is not set");
  const report = await seed(databaseUrl, process.env["MEDIA_DIR"] ?? ".data/media", new Date());
  const made = Object.entries(report).filter(([, count]) => count > 0);
  process.stdout.write(
    made.length === 0 ? "seed: everything is there\n" : `seed: ${made.map(([kind, count]) => `${count} ${kind}`).join(", ")}\n`,
  );
}
