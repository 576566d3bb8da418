import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import pg from "pg";
import { startEmbeddedPg } from "../../embedded-pg.ts";
import { fitGrowth, type Point, sizeAt, valueAt } from "./fit.ts";
import { growActivities, growMembers, growRemotePosts, REMOTE_POSTS } from "./generate.ts";
import * as measure from "./measure.ts";

const TARGETS = { members: 100_000, activities: 100_000_000, "remote posts": 100_000_000 } as const;
type Dimension = keyof typeof TARGETS;

/** How far it is measured. --full goes on to all 100,000 members and takes a quarter of an hour and 6 GB of disk. */
const SIZES = {
  usual: { members: [1_000, 4_000, 16_000], activities: [20_000, 100_000, 400_000], "remote posts": [30_000, 150_000, 600_000] },
  full: { members: [1_000, 10_000, 100_000], activities: [20_000, 200_000, 2_000_000], "remote posts": [30_000, 300_000, 3_000_000] },
} as const;

/** What a figure may come to before people notice. "least": it may not fall below. */
interface Figure {
  what: string;
  unit: string;
  of: Dimension;
  limit: number;
  is: "most" | "least";
}

/** One figure at all sizes, and what follows for the target. ok: always, a forecast breaks no promise. */
export interface ScaleRow extends Figure {
  points: readonly Point[];
  exponent: number;
  atTarget: number;
  /** The size at which it reaches the limit; null: it does not grow. */
  givesWayAt: number | null;
  ok: true;
}

const FIGURES = {
  session: { what: "who asks: a session looked up", unit: "ms", of: "members", limit: 5, is: "most" },
  follows: { what: "whom one member follows, read for the question", unit: "ms", of: "members", limit: 20, is: "most" },
  wholeMegabytes: { what: "20 follows a member kept whole: memory of each process", unit: "MB", of: "members", limit: 240, is: "most" },
  wholeMs: { what: "the same: until a process that starts has it", unit: "ms", of: "members", limit: 5_000, is: "most" },
  handled: {
    what: "activities handled by one processor beside those that are done",
    unit: "/s",
    of: "activities",
    limit: 120,
    is: "least",
  },
  emitted: { what: "activities emitted, each in its transaction", unit: "/s", of: "activities", limit: 120, is: "least" },
  activityBytes: { what: "an activity with its handling and their indexes", unit: "bytes", of: "activities", limit: 1_500, is: "most" },
  timeline: { what: "a timeline of 100 remote actors", unit: "ms", of: "remote posts", limit: 50, is: "most" },
  stored: { what: "remote posts stored by one connection, each synced", unit: "/s", of: "remote posts", limit: 32, is: "least" },
  postBytes: { what: "a remote post with its indexes", unit: "bytes", of: "remote posts", limit: 2_000, is: "most" },
} as const satisfies Record<string, Figure>;
/** An exponent below it says nothing: B-trees grow by less, neighbours disturb by more. */
const UNREST = 0.25;
type Name = keyof typeof FIGURES;

/** Real queries over made-up rows at growing sizes, and what their growth says of 100,000 members and 10^8 remote posts. */
export async function scale(flags: readonly string[]): Promise<{ rows: readonly ScaleRow[]; text: string }> {
  const dir = mkdtempSync(join(tmpdir(), "rose-ash-scale-"));
  chmodSync(dir, 0o755); // as root PostgreSQL runs as `nobody`, who must get in
  const server = await startEmbeddedPg(join(dir, "pg"), { database: "scale", durable: true });
  const client = new pg.Client({ connectionString: server.url });
  try {
    await migrateAll(server.url);
    await client.connect();
    const measured = await measureAll(server.url, client, SIZES[flags.includes("--full") ? "full" : "usual"]);
    const rows = Object.entries(FIGURES).map(([name, figure]) => rowOf(figure, measured[name as Name])); // its own keys
    return { rows, text: printScale(rows) };
  } finally {
    await client.end();
    await server.stop();
    rmSync(dir, { recursive: true });
  }
}

async function measureAll(url: string, client: pg.Client, sizes: (typeof SIZES)["usual" | "full"]): Promise<Record<Name, Point[]>> {
  const measured = Object.fromEntries(Object.keys(FIGURES).map((name) => [name, []])) as unknown as Record<Name, Point[]>; // one for each
  const note = (n: number, values: Partial<Record<Name, number>>) => {
    for (const [name, value] of Object.entries(values)) measured[name as Name].push({ n, value });
    process.stderr.write(`${n.toLocaleString("en-GB")}: ${JSON.stringify(values)}\n`);
  };
  await growing(sizes.members, async (from, to) => {
    await growMembers(client, from, to);
    const whole = await measure.wholeCost(url);
    note(to, { session: await measure.sessionLookupMs(url, to), follows: await measure.followsOfOneMs(client, to) });
    if (whole === null)
      process.stderr.write(`${to.toLocaleString("en-GB")} members: not kept whole at all, it takes too long or too much\n`);
    else note(to, { wholeMegabytes: whole.megabytes, wholeMs: whole.loadMs });
  });
  await growing(sizes.activities, async (from, to) => {
    await growActivities(client, from, to);
    note(to, await measure.activityRates(url));
    note(to, { activityBytes: await measure.bytesPerRow(client, "ap_activities", "ap_activity_handlings") });
  });
  await client.query(REMOTE_POSTS);
  await growing(sizes["remote posts"], async (from, to) => {
    await growRemotePosts(client, from, to);
    note(to, { postBytes: await measure.bytesPerRow(client, "remote_posts") });
    note(to, { timeline: await measure.timelineMs(client, Math.max(1, to / 500)), stored: await measure.storedPerSecond(client) });
  });
  return measured;
}

async function growing(sizes: readonly number[], at: (from: number, to: number) => Promise<void>): Promise<void> {
  for (const [index, to] of sizes.entries()) await at(sizes[index - 1] ?? 0, to);
}

/** Only what grows the wrong way, and more than the machine's unrest, is carried on; of the rest the worst that was measured stands. */
function rowOf(figure: Figure, points: readonly Point[]): ScaleRow {
  const growth = fitGrowth(points);
  const values = points.map(({ value }) => value);
  const row = { ...figure, points, exponent: growth.exponent, ok: true } as const;
  if ((figure.is === "most" ? growth.exponent : -growth.exponent) < UNREST)
    return { ...row, atTarget: figure.is === "most" ? Math.max(...values) : Math.min(...values), givesWayAt: null };
  return { ...row, atTarget: valueAt(growth, TARGETS[figure.of]), givesWayAt: sizeAt(growth, figure.limit) };
}

/** As docs/scale.md holds it: what gives way first stands first. */
function printScale(rows: readonly ScaleRow[]): string {
  const far = (row: ScaleRow) => (row.givesWayAt ?? Number.POSITIVE_INFINITY) / TARGETS[row.of];
  const lines = rows
    .toSorted((a, b) => far(a) - far(b))
    .map((row) => {
      const sizes = row.points.map(({ n, value }) => `${short(row, value)} at ${count(n)}`).join(", ");
      const limit = `${row.is === "most" ? "<" : ">"} ${short(row, row.limit)}`;
      const where = row.givesWayAt === null ? "does not grow" : `${count(row.givesWayAt)} ${row.of}`;
      return `| ${row.what} | ${sizes} | n^${row.exponent.toFixed(2)} | ${short(row, row.atTarget)} at ${count(TARGETS[row.of])} | ${limit} | ${where} |`;
    });
  return [
    "## scale",
    "",
    "| what | measured | grows | at the target | limit | gives way at |",
    "|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n");
}

const count = (n: number) => Number(n.toPrecision(2)).toLocaleString("en-GB", { maximumFractionDigits: 0 });
const short = ({ unit }: { unit: string }, value: number) =>
  `${value >= 100 ? Math.round(value).toLocaleString("en-GB") : Number(value.toPrecision(2))} ${unit}`;
