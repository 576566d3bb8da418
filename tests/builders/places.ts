import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { MarketPlaceId } from "../../shared/models/ids.ts";
import { marketPlaceHours, marketPlaces } from "../../shared/models/places.ts";

/** A public market place in London time; hours: "2 9:00-17:00", a weekday (1 is Monday) and from when until when. */
export async function aPlace(
  db: NodePgDatabase,
  place: Partial<typeof marketPlaces.$inferInsert> & { slug: string },
  hours: readonly string[] = [],
): Promise<MarketPlaceId> {
  const whole = { name: `Place of ${place.slug}`, zone: "Europe/London", isPublic: true, position: 1, ...place };
  const [made] = await db.insert(marketPlaces).values(whole).returning({ id: marketPlaces.id });
  if (!made) throw new Error("the place was not made");
  const rows = hours.map((line) => ({ placeId: made.id, ...periodOf(line) }));
  if (rows.length > 0) await db.insert(marketPlaceHours).values(rows);
  return made.id;
}

function periodOf(line: string) {
  const [weekday = 0, ...clock] = line.split(/[ :-]/).map(Number);
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = clock;
  return { weekday, opensMinute: fromHour * 60 + fromMinute, closesMinute: toHour * 60 + toMinute };
}
