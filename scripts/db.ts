import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import { ROOT } from "./processes.ts";
import { dumpSchema } from "./schema-dump.ts";

const VERBS: Record<string, () => Promise<string>> = {
  /** Applies the migrations to DATABASE_URL. */
  async migrate() {
    return `${await migrateAll(databaseUrl())} migrations applied`;
  },
  /** Rewrites schema.sql from the migrations. */
  async schema() {
    writeFileSync(join(ROOT, "schema.sql"), await dumpSchema());
    return "schema.sql written";
  },
};

function databaseUrl(): string {
  const value = process.env["DATABASE_URL"];
  if (!value) throw new Error("set DATABASE_URL");
  return value;
}

const run = VERBS[process.argv[2] ?? ""];
if (!run) {
  process.stderr.write(`say what: ${Object.keys(VERBS).join(" or ")}\n`);
  process.exit(2);
}
process.stdout.write(`${await run()}\n`);
