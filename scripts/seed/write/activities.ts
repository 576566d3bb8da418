import type { App } from "@rose-ash/shared/models/apps.ts";
import { type ActivityDetails, type ActivityType, apActivities } from "@rose-ash/shared/models/federation.ts";
import type { PostId, ProductId, UserId } from "@rose-ash/shared/models/ids.ts";
import { media, mediaPath } from "@rose-ash/shared/models/media.ts";
import { productAnnouncements } from "@rose-ash/shared/models/product-announcements.ts";
import { inArray } from "drizzle-orm";
import type { SeedProduct } from "../content/kinds.ts";
import { readPosts } from "../content/posts.ts";
import { daysOnShelf, PRODUCTS } from "../content/products/index.ts";
import { daysBefore, type SeedContext } from "../context.ts";
import { type Ids, idOf } from "../keyed.ts";
import type { WrittenCalendar } from "./calendar.ts";

/** What was made in this run, and who is who. */
export interface Made {
  people: Ids<UserId>;
  posts: Ids<PostId>;
  products: Ids<ProductId>;
  added: ReadonlySet<string>;
  calendar: WrittenCalendar;
}

interface NewActivity {
  originApp: App;
  actorId: UserId | null;
  type: ActivityType;
  objectType: "Post" | "Product" | "CalendarEntry";
  objectId: string;
  details: ActivityDetails;
  publishedAt: Date;
}

const NEWEST_PRODUCTS = 8;

/** Tells of what this run made, so a run that makes nothing tells nothing. Returns how many activities it wrote. */
export async function writeActivities(context: SeedContext, made: Made): Promise<number> {
  const told = [...ofPosts(context.now, made), ...(await ofProducts(context, made)), ...ofEntries(context.now, made)];
  // ids rise with time, as they would have
  told.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  await noteAnnounced(context, made);
  if (told.length > 0)
    await context.tx.insert(apActivities).values(told.map((activity) => ({ ...activity, visibility: "public" as const })));
  return told.length;
}

function ofPosts(now: Date, { people, posts }: Made): NewActivity[] {
  return readPosts()
    .filter((post) => posts.has(post.slug))
    .map((post) => ({
      originApp: "blog" as const,
      type: "Create" as const,
      objectType: "Post" as const,
      actorId: idOf(people, post.authors[0] ?? ""),
      objectId: String(idOf(posts, post.slug)),
      details: { name: post.title, path: `/posts/${post.slug}` },
      publishedAt: daysBefore(now, post.daysAgo, 2),
    }));
}

function newestOf(added: ReadonlySet<string>): SeedProduct[] {
  return PRODUCTS.filter((product) => added.has(product.slug) && product.variant?.isLead !== false)
    .toSorted((a, b) => daysOnShelf(a) - daysOnShelf(b))
    .slice(0, NEWEST_PRODUCTS);
}

/** The shop itself says so. */
async function ofProducts({ tx, now, pictures }: SeedContext, { products, added }: Made): Promise<NewActivity[]> {
  const newest = newestOf(added);
  const ids = newest.map(({ slug }) => idOf(pictures, slug));
  const files = await tx.select().from(media).where(inArray(media.id, ids));
  const pictureOf = (slug: string) => {
    const file = files.find(({ id }) => id === idOf(pictures, slug));
    return file ? { picture: mediaPath(file), pictureAlt: file.alt } : {};
  };
  return newest.map((product) => ({
    originApp: "market" as const,
    type: "Create" as const,
    objectType: "Product" as const,
    actorId: null,
    objectId: String(idOf(products, product.slug)),
    details: { name: product.name, path: `/products/${product.slug}`, text: product.description, ...pictureOf(product.slug) },
    publishedAt: daysBefore(now, daysOnShelf(product)),
  }));
}

/** The world knows of all that this run made: none of it is news later. */
async function noteAnnounced({ tx, now }: SeedContext, { products, added }: Made): Promise<void> {
  const alone = newestOf(added);
  const rows = PRODUCTS.filter(({ slug }) => added.has(slug)).map((product) => ({
    ...{ productId: idOf(products, product.slug), name: product.name, slug: product.slug },
    ...{ isAlone: alone.includes(product), announcedAt: daysBefore(now, daysOnShelf(product)) },
  }));
  if (rows.length > 0) await tx.insert(productAnnouncements).values(rows).onConflictDoNothing();
}

/** Only what one can have a ticket for is worth telling, and a repeated one once; it is told ten days ahead, or just now. */
function ofEntries(now: Date, { people, calendar }: Made): NewActivity[] {
  return calendar.planned
    .filter(({ slug, entry }) => calendar.announced.has(slug) && entry.ticketTypes.length > 0)
    .filter(({ entry }, index, told) => told.findIndex((other) => other.entry.title === entry.title) === index)
    .map(({ slug, entry, startsAt }, index) => ({
      originApp: "events" as const,
      type: "Create" as const,
      objectType: "CalendarEntry" as const,
      actorId: idOf(people, entry.organiser),
      objectId: String(idOf(calendar.announced, slug)),
      details: { name: entry.title, path: `/entries/${slug}` },
      publishedAt: new Date(Math.min(daysBefore(startsAt, 10).getTime(), daysBefore(now, 0, 0.4 + index * 1.7).getTime())),
    }));
}
