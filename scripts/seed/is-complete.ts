import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Db } from "@rose-ash/shared/infrastructure/db.ts";
import { pages, posts } from "@rose-ash/shared/models/blog.ts";
import { roomSlots } from "@rose-ash/shared/models/bookings.ts";
import { calendars } from "@rose-ash/shared/models/calendars.ts";
import { calendarEntries } from "@rose-ash/shared/models/events.ts";
import { apDocuments } from "@rose-ash/shared/models/fediverse.ts";
import { users } from "@rose-ash/shared/models/identity.ts";
import { products } from "@rose-ash/shared/models/market.ts";
import { media } from "@rose-ash/shared/models/media.ts";
import { groups } from "@rose-ash/shared/models/membership.ts";
import { merchants } from "@rose-ash/shared/models/merchants.ts";
import { newsletters } from "@rose-ash/shared/models/newsletters.ts";
import { orderCycles } from "@rose-ash/shared/models/order-cycles.ts";
import { marketPlaces } from "@rose-ash/shared/models/places.ts";
import { relationFacts } from "@rose-ash/shared/models/relation-facts.ts";
import { eq, inArray, isNotNull } from "drizzle-orm";
import { plannedFrom } from "./content/calendar.ts";
import { CALENDARS, SERIES } from "./content/calendars.ts";
import { cyclesFrom } from "./content/cycles.ts";
import { readPages } from "./content/pages.ts";
import { PEOPLE } from "./content/people.ts";
import { PLACES } from "./content/places.ts";
import { readPosts } from "./content/posts.ts";
import { PRODUCTS } from "./content/products/index.ts";

/** Whether everything is there already, pictures on the disk included: then nothing need be drawn or even loaded. */
export async function isComplete(db: Db, mediaDir: string, now: Date, publicOrigin: string | null): Promise<boolean> {
  const [handles, onShelf, articles, paths, entries, places, cutOffs] = [
    PEOPLE.map((person) => person.handle),
    PRODUCTS.map((product) => product.slug),
    readPosts().map((post) => post.slug),
    readPages().map((page) => page.path),
    [...plannedFrom(now), ...SERIES].map((entry) => entry.slug),
    PLACES.map((place) => place.slug),
    cyclesFrom(now).map((cycle) => cycle.closesAt),
  ];
  const counts = await Promise.all([
    db.$count(users, inArray(users.handle, handles)),
    db.$count(products, inArray(products.slug, onShelf)),
    db.$count(posts, inArray(posts.slug, articles)),
    db.$count(pages, inArray(pages.path, paths)),
    db.$count(calendarEntries, inArray(calendarEntries.slug, entries)),
    db.$count(marketPlaces, inArray(marketPlaces.slug, places)),
    db.$count(orderCycles, inArray(orderCycles.closesAt, cutOffs)),
  ]);
  const isGoverned = (await db.$count(relationFacts, eq(relationFacts.relation, "shared.role"))) > 0;
  const isCalendarThere = (await db.$count(calendars)) >= CALENDARS.length;
  const areGroupsThere = (await db.$count(groups)) > 0;
  const areRoomsOffered = (await db.$count(roomSlots)) > 0;
  const isTalkedOf = publicOrigin === null || (await db.$count(apDocuments, isNotNull(apDocuments.authorId))) > 0;
  const areListsThere = (await db.$count(newsletters)) > 0;
  const isPaid = (await db.$count(merchants)) > 0;
  const areThere = [handles, onShelf, articles, paths, entries, places, cutOffs].every((wanted, index) => counts[index] === wanted.length);
  return (
    areThere &&
    isCalendarThere &&
    isGoverned &&
    areRoomsOffered &&
    areListsThere &&
    areGroupsThere &&
    isPaid &&
    isTalkedOf &&
    (await picturesAreThere(db, mediaDir))
  );
}

async function picturesAreThere(db: Db, mediaDir: string): Promise<boolean> {
  const rows = await db.select({ sha256: media.sha256 }).from(media).where(eq(media.contentType, "image/svg+xml"));
  return rows.every(({ sha256 }) => existsSync(join(mediaDir, sha256.slice(0, 2), `${sha256}.svg`)));
}
