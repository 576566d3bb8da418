import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { baseConfig, loadConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { grantAdmin } from "./services/index.ts";

const USAGE = 'npm run admin -- HANDLE "why": makes that member an admin of the site';

// By the operator's own hand; everybody else is made one at /admin. Says in a sentence what was done.
await boot(async () => {
  const [, , handle, ...reason] = process.argv;
  if (handle === undefined || reason.length === 0) throw new Error(USAGE);
  const { DATABASE_URL } = loadConfig(baseConfig.pick({ DATABASE_URL: true, DATABASE_PASSWORD: true }), process.env);
  const db = openDb(DATABASE_URL, 1);
  try {
    const said = await db.transaction((tx) => grantAdmin(tx, handle, reason.join(" ")));
    process.stdout.write(`${said}\n`);
  } finally {
    await db.close();
  }
});
