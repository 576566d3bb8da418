import { sql } from "drizzle-orm";
import type { Db } from "../../shared/infrastructure/db.ts";
import { sanitiseHtml } from "../../shared/infrastructure/sanitise-html.ts";
import { menuItems, pages, posts, tags } from "../../shared/models/blog.ts";
import { calendars } from "../../shared/models/calendars.ts";
import { orderLines } from "../../shared/models/cart.ts";
import { calendarEntries } from "../../shared/models/events.ts";
import { apActivities } from "../../shared/models/federation.ts";
import { users } from "../../shared/models/identity.ts";
import { categories, products, suppliers } from "../../shared/models/market.ts";
import { media } from "../../shared/models/media.ts";
import { ticketTypes } from "../../shared/models/tickets.ts";

/** Ends an attribute of either kind, runs a script in two ways, and is an expression to a template engine. */
export const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7777}}`;

const HTML = sanitiseHtml(`<h2>${HOSTILE}</h2><p>Bread.</p><a href="javascript:alert(1)">x</a><svg onload=alert(1)>`);
const PATHS = ["javascript:alert(1)", "//evil.example/", "/\t/evil.example/", "/\\evil.example", '/"><script>alert(1)</script>'];

/** Puts HOSTILE into every field that a person fills in, of every row there is; HTML goes through the sanitiser, as a writer's does. */
export async function plantHostileWords(db: Db): Promise<void> {
  await db.update(users).set({ name: HOSTILE, bio: HOSTILE });
  await db.update(media).set({ alt: HOSTILE });
  await db.update(posts).set({ title: HOSTILE, excerpt: HOSTILE, html: HTML, plaintext: HOSTILE, pictureAlt: HOSTILE });
  await db.update(tags).set({ name: HOSTILE, description: HOSTILE });
  await db.update(pages).set({ title: HOSTILE, summary: HOSTILE, html: HTML });
  await db
    .update(menuItems)
    .set({ label: HOSTILE, url: sql`case when ${menuItems.pageId} is null then ${`https://oak.example/${HOSTILE}`} end` });
  await db.update(suppliers).set({ name: HOSTILE, description: HOSTILE, place: HOSTILE });
  await db.update(categories).set({ name: HOSTILE, description: HOSTILE });
  const words = { name: HOSTILE, brand: HOSTILE, description: HOSTILE, ingredients: HOSTILE, origin: HOSTILE, labels: [HOSTILE] };
  await db.update(products).set(words);
  await db.update(orderLines).set({ name: HOSTILE });
  await db.update(calendars).set({ name: HOSTILE, description: HOSTILE });
  await db.update(calendarEntries).set({ title: HOSTILE, summary: HOSTILE, html: HTML, place: HOSTILE });
  await db.update(ticketTypes).set({ name: sql`${HOSTILE} || ${ticketTypes.id}` });
  const path = sql`(${sql.param(JSON.stringify(PATHS))}::jsonb) -> (${apActivities.id} % ${sql.raw(String(PATHS.length))})::int`;
  await db.update(apActivities).set({ details: sql`jsonb_build_object('name', ${HOSTILE}::text, 'path', ${path})` });
}
