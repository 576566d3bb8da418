import { Temporal } from "temporal-polyfill";
import { expandWithCancelled, type Occurrence } from "../../infrastructure/recurrence/index.ts";
import { type EntryModel, eventsOf, occurrenceKey } from "./entry-model.ts";

/** How far ahead times are made, and how far back for a series that began long ago. */
const HORIZON_DAYS = 550;
const BACK_DAYS = 3 * 366;
/** More times of one entry in that span is no entry: four a day, all the time, are. */
const MOST_OCCURRENCES = 7_000;

/** A time as the table has it. override: which of the model's overrides says so. */
export interface MadeOccurrence {
  readonly key: string;
  readonly overrideId: number | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly isCancelled: boolean;
}

/** troubles: what of its rules can't be told, a sentence each. to: how far it reaches. */
export interface MadeOccurrences {
  readonly rows: readonly MadeOccurrence[];
  readonly isCut: boolean;
  readonly from: Date;
  readonly to: Date;
  readonly troubles: readonly string[];
}

/** All times of an entry from what is kept of the past up to the horizon. One that takes place once is made whenever it is. */
export function expandEntry(model: EntryModel, now: Date): MadeOccurrences {
  const [master, ...changed] = eventsOf(model);
  if (!master) throw new Error("an entry without its series");
  const isSeries = master.rules.length > 0 || master.dates.length > 0;
  const at = Temporal.Instant.fromEpochMilliseconds(now.getTime());
  const window = isSeries
    ? { from: at.subtract({ hours: 24 * BACK_DAYS }), to: at.add({ hours: 24 * HORIZON_DAYS }) }
    : { from: Temporal.Instant.from("1000-01-01T00:00Z"), to: Temporal.Instant.from("9999-01-01T00:00Z") };
  const idOf = new Map(changed.map((event, index) => [event, model.overrides[index]?.id ?? null]));
  const { occurrences, troubles } = expandWithCancelled([master, ...changed], window);
  const rows = new Map<string, MadeOccurrence>();
  for (const occurrence of occurrences) {
    const key = occurrenceKey(occurrence.planned);
    rows.set(key, { key, overrideId: idOf.get(occurrence.event) ?? null, ...instantsOf(occurrence, model.entry.zone) });
  }
  const made = [...rows.values()];
  return {
    rows: made.slice(-MOST_OCCURRENCES), // what is to come rather than what was
    isCut: made.length > MOST_OCCURRENCES,
    from: new Date(window.from.epochMilliseconds),
    to: new Date(window.to.epochMilliseconds),
    troubles,
  };
}

/** What floats, and days, are meant by the clocks of the entry's zone. */
function instantsOf({ start, end, zone, isCancelled }: Occurrence, entryZone: string) {
  const instant = (at: Temporal.ZonedDateTime) =>
    new Date(zone === null ? at.toPlainDateTime().toZonedDateTime(entryZone).epochMilliseconds : at.epochMilliseconds);
  return { startsAt: instant(start), endsAt: instant(end), isCancelled };
}
