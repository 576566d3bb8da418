import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { baseConfig, loadConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { grantAdmin } from "./services/index.ts";

/** Makes a member an admin of the site, by the operator's own hand; everybody else is made one at /admin. Returns a sentence. */
export async function grantAdminByHand(databaseUrl: string, handle: string, reason: string): Promise<string> {
  const db = openDb(databaseUrl, 1);
  try {
    return await db.transaction((tx) => grantAdmin(tx, handle, reason));
  } finally {
    await db.close();
  }
}

if (import.meta.main) {
  await boot(async () => {
    const { DATABASE_URL } = loadConfig(baseConfig.pick({ DATABASE_URL: true, DATABASE_PASSWORD: true }), process.env);
    const [, , handle = "", ...reason] = process.argv;
    process.stdout.write(`${await grantAdminByHand(DATABASE_URL, handle, reason.join(" "))}\n`);
  });
}
