import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { openKeys } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { migrateAll } from "@rose-ash/shared/infrastructure/migrate.ts";
import { grantAdminByHand } from "../account/grant-admin.ts";
import { ROOT } from "./processes.ts";
import { dumpSchema } from "./schema-dump.ts";

const VERBS: Record<string, () => Promise<string>> = {
  /** Applies the migrations to DATABASE_URL. */
  async migrate() {
    return `${await migrateAll(setting("DATABASE_URL"))} migrations applied`;
  },
  /**
   * Publishes the next signing keys ahead of their 90 days; they take over a day later, by the timetable.
   * With `stolen` behind it: new keys sign at once, and what the old ones signed counts no more.
   */
  async "rotate-keys"() {
    const db = openDb(setting("DATABASE_URL"), 1);
    try {
      const keys = openKeys(db, setting("DEPLOYMENT_SECRET"));
      const steps = process.argv[3] === "stolen" ? await keys.replaceAll() : await keys.beginRotation();
      return steps.map(({ purpose, step }) => `${purpose}: ${step}`).join("\n") || "the next keys are published already";
    } finally {
      await db.close();
    }
  },
  /** Makes a member an admin of the site, by the operator's own hand: grant-admin <handle> <reason>. Everybody else is made one at /admin. */
  async "grant-admin"() {
    const [, , , handle = "", ...reason] = process.argv;
    return grantAdminByHand(setting("DATABASE_URL"), handle, reason.join(" "));
  },
  /** Rewrites schema.sql from the migrations. */
  async schema() {
    writeFileSync(join(ROOT, "schema.sql"), await dumpSchema());
    return "schema.sql written";
  },
};

function setting(name: "DATABASE_URL" | "DEPLOYMENT_SECRET"): string {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}`);
  return value;
}

const run = VERBS[process.argv[2] ?? ""];
if (!run) {
  process.stderr.write(`say what: ${Object.keys(VERBS).join(" or ")}\n`);
  process.exit(2);
}
process.stdout.write(`${await run()}\n`);
