import type { Db } from "@rose-ash/shared/infrastructure/db.ts";
import type { SeedReport } from "../report.ts";
import { writeActivities } from "./activities.ts";
import { writeCalendar } from "./calendar.ts";
import { writeComments } from "./comments.ts";
import { writeCycles } from "./cycles.ts";
import { writeGroups } from "./groups.ts";
import { writeIngredients } from "./ingredients.ts";
import { writeMedia } from "./media.ts";
import { writeNewsletters } from "./newsletters.ts";
import { writeNotifications } from "./notifications.ts";
import { writePages } from "./pages.ts";
import { writePeople } from "./people.ts";
import { writePlaces } from "./places.ts";
import { writePosts } from "./posts.ts";
import { writeMerchant, writeOrder, writeTickets } from "./purchases.ts";
import { writeRights } from "./rights.ts";
import { writeScrapes } from "./scrapes.ts";
import { writeShop } from "./shop.ts";
import { writeSlots } from "./slots.ts";
import { writeStatuses } from "./statuses.ts";

/** Makes everything that is not there, in one transaction. */
export function writeAll(db: Db, mediaDir: string, now: Date, publicOrigin: string | null): Promise<SeedReport> {
  return db.transaction(async (tx) => {
    const media = await writeMedia(tx, mediaDir);
    const context = { tx, now, pictures: media.pictures };
    const { people, inserted } = await writePeople(context);
    const { products, added } = await writeShop(context);
    await writeIngredients(context);
    await writeMerchant(context);
    const posts = await writePosts(context, { people, products });
    const pages = await writePages(context);
    const places = await writePlaces(context, products);
    const calendar = await writeCalendar(context, people);
    return {
      rights: await writeRights(context, people),
      groups: await writeGroups(context, people),
      ...{ media: media.inserted, people: inserted, products: added.size, posts: posts.size, pages, entries: calendar.announced.size },
      places,
      slots: await writeSlots(context, people),
      scrapes: await writeScrapes(context),
      cycles: await writeCycles(context, people, products),
      orders: await writeOrder(context, people, products),
      tickets: await writeTickets(context, people, calendar.planned),
      activities: await writeActivities(context, { people, posts, products, added, calendar }),
      statuses: await writeStatuses(context, people, publicOrigin),
      comments: await writeComments(context, { people, posts }),
      notifications: await writeNotifications(context, { people, posts, calendar }),
      newsletters: await writeNewsletters(context, people),
    };
  });
}
