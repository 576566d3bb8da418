import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { pgDump } from "@electric-sql/pglite-tools/pg_dump";
import { ROOT } from "./processes.ts";

/**
 * schema.sql as it follows from migrations/: all of them applied to an empty database, dumped by the one tool that needs
 * nothing but npm (PGlite's pg_dump). Settings and owners are left out, so that only the schema shows in a diff.
 */
export async function dumpSchema(): Promise<string> {
  const folder = join(ROOT, "migrations");
  const { entries }: { entries: { tag: string }[] } = JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8"));
  const pg = await PGlite.create({ extensions: { btree_gist, pg_trgm, unaccent } });
  for (const { tag } of entries) await pg.exec(readFileSync(join(folder, `${tag}.sql`), "utf8"));
  const dump = await (await pgDump({ pg, args: ["--schema-only", "--no-owner", "--no-privileges", "--schema=public"] })).text();
  await pg.close();
  const noise = /^(SET |SELECT pg_catalog|--|\\|CREATE SCHEMA|COMMENT ON SCHEMA)/;
  const lines = dump.split("\n").filter((line) => !noise.test(line));
  return `-- The schema after every migration. Written by \`npm run db -- schema\`; do not edit.\n${lines
    .join("\n")
    .replace(/\n{2,}/g, "\n\n")
    .trimEnd()}\n`;
}
