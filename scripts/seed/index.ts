import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { isComplete } from "./is-complete.ts";
import { NOTHING, type SeedReport } from "./report.ts";

/**
 * Fills a migrated database with the co-operative, in one transaction, and mediaDir with its pictures.
 * publicOrigin: "http://{app}.example", where the site is; null: members say nothing, as what they say has addresses there.
 * Makes only what is not there: a second run makes nothing, one in a new month adds that month's entries.
 */
export async function seed(databaseUrl: string, mediaDir: string, now: Date, publicOrigin: string | null = null): Promise<SeedReport> {
  const db = openDb(databaseUrl, 1);
  try {
    if (await isComplete(db, mediaDir, now, publicOrigin)) return NOTHING;
    const { writeAll } = await import("./write/all.ts"); // draws and renders: most starts can do without loading it
    return await writeAll(db, mediaDir, now, publicOrigin);
  } finally {
    await db.close();
  }
}

if (import.meta.main) {
  const databaseUrl = process.env["DATABASE_URL"];
  if (!databaseUrl) throw new Error("DATABASE_URL is not set");
  const report = await seed(databaseUrl, process.env["MEDIA_DIR"] ?? ".data/media", new Date(), process.env["PUBLIC_ORIGIN"] ?? null);
  const made = Object.entries(report).filter(([, count]) => count > 0);
  if (made.length > 0) {
    const { purgeEverything } = await import("@rose-ash/shared/infrastructure/cache/index.ts");
    await purgeEverything({ redisUrl: process.env["REDIS_URL"], databaseUrl }); // services may run already
  }
  process.stdout.write(
    made.length === 0 ? "seed: everything is there\n" : `seed: ${made.map(([kind, count]) => `${count} ${kind}`).join(", ")}\n`,
  );
}
