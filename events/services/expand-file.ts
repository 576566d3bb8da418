import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { readEvents } from "@rose-ash/shared/infrastructure/ical/index.ts";
import { expand, type Occurrence, type Window } from "@rose-ash/shared/infrastructure/recurrence/index.ts";
import { Temporal } from "temporal-polyfill";

/** More of a file is not read. */
const MOST_BYTES = 20_000_000;

/** What a calendar file holds in a window, as JSON, and what is wrong with the file. args: the file, --from, --to and perhaps --zone. */
export async function expandFile(args: readonly string[]): Promise<{ json: string; troubles: readonly string[] }> {
  const options = { from: { type: "string" }, to: { type: "string" }, zone: { type: "string", default: "UTC" } } as const;
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [file, ...more] = positionals;
  if (!file || more.length > 0) throw new Error("name one file: expand FILE.ics --from 2026-01-01 --to 2027-01-01");
  const window: Window = { from: dayOf("--from", values.from, values.zone), to: dayOf("--to", values.to, values.zone) };
  const { events, troubles } = readEvents(await readUpTo(file));
  const expansion = expand(events, window);
  return { json: JSON.stringify(expansion.occurrences.map(plain), null, 2), troubles: [...troubles, ...expansion.troubles] };
}

function dayOf(name: string, value: string | undefined, zone: string): Temporal.Instant {
  try {
    return Temporal.PlainDate.from(value ?? "")
      .toZonedDateTime(zone)
      .toInstant();
  } catch {
    throw new Error(`${name} is missing or is no day: as 2026-01-01; --zone is an IANA name, UTC by default`);
  }
}

async function readUpTo(file: string): Promise<Uint8Array> {
  await using handle = await open(file);
  const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(MOST_BYTES), length: MOST_BYTES });
  return buffer.subarray(0, bytesRead);
}

/** Days as dates, floating times without an offset, others with the offset of their zone (RFC 3339). */
function plain({ uid, summary, start, end, zone, isAllDay }: Occurrence): Readonly<Record<string, string | null>> {
  const write = (at: Temporal.ZonedDateTime) => {
    if (isAllDay) return at.toPlainDate().toString();
    return zone === null ? at.toPlainDateTime().toString() : at.toString({ timeZoneName: "never" });
  };
  return { uid, start: write(start), end: write(end), zone, summary };
}
