import { type SQL, sql } from "drizzle-orm";
import type { Picture } from "../../contracts/dto.ts";
import { type OpeningTimes, openingTimes } from "../../contracts/places.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { MarketPlaceId, MediaId } from "../../models/ids.ts";
import { type PictureRow, pictureObject, pictureOf } from "../pictures.ts";

/** A place with its opening times; exceptions that are long over are left out. */
export interface PlaceRow {
  id: MarketPlaceId;
  slug: string;
  name: string;
  summary: string;
  location: string;
  html: string;
  isPublic: boolean;
  revision: number;
  pictureId: MediaId | null;
  picture: Picture | null;
  times: OpeningTimes;
}

interface Stored extends Omit<PlaceRow, "id" | "times" | "pictureId" | "picture">, Record<string, unknown> {
  id: string;
  pictureId: string | null;
  picture: PictureRow | null;
  zone: string;
  hours: { weekday: number | null; day: string | null; opensMinute: number; closesMinute: number }[];
  exceptions: { day: string; note: string }[];
}

/** The places for which a condition on market_places holds, in their order. now: exceptions before yesterday are over. */
export async function readPlaces(db: Db | Tx, where: SQL, now: Date): Promise<PlaceRow[]> {
  const { rows } = await db.execute<Stored>(sql`
    select id, slug, name, summary, location, html, zone, is_public as "isPublic", revision, picture_id as "pictureId",
      (select ${pictureObject} from media where media.id = picture_id) as picture,
      (select coalesce(json_agg(json_build_object('weekday', weekday, 'day', day, 'opensMinute', opens_minute, 'closesMinute', closes_minute)
        order by weekday, day, opens_minute), '[]') from market_place_hours where place_id = market_places.id) as hours,
      (select coalesce(json_agg(json_build_object('day', day, 'note', note) order by day), '[]') from market_place_exceptions
        where place_id = market_places.id and day >= (${now.toISOString()}::timestamptz at time zone zone)::date - 1) as exceptions
    from market_places where ${where} order by position, id`);
  return rows.map(({ id, zone, hours, exceptions, picture, pictureId, ...row }) => ({
    ...row,
    ...{ id: Number(id) as MarketPlaceId, picture: pictureOf(picture) },
    pictureId: pictureId === null ? null : (Number(pictureId) as MediaId),
    times: timesOf(zone, hours, exceptions),
  }));
}

function timesOf(zone: string, hours: Stored["hours"], exceptions: Stored["exceptions"]): OpeningTimes {
  const ofDay = (day: string) => hours.filter((period) => period.day === day);
  return openingTimes.parse({
    zone,
    week: hours.filter(({ weekday }) => weekday !== null),
    exceptions: exceptions.map(({ day, note }) => ({ day, note, hours: ofDay(day) })),
  });
}
