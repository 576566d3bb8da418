import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { baseConfig, loadConfig } from "@rose-ash/shared/infrastructure/config.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { openKeys } from "@rose-ash/shared/infrastructure/keys/index.ts";

const STOLEN = "--stolen";
const USAGE = `npm run keys -- "why": publishes the next signing keys ahead of their 90 days; they sign a day later
npm run keys -- ${STOLEN} "why": new keys sign at once, and what the old ones signed counts no more`;
const settings = baseConfig.pick({ DATABASE_URL: true, DATABASE_PASSWORD: true, DEPLOYMENT_SECRET: true });

// By the operator's own hand; the timetable does it when the time comes. Says what was done for each purpose.
await boot(async () => {
  const [, , first = "", ...others] = process.argv;
  const reason = (first === STOLEN ? others : [first, ...others]).join(" ");
  if (reason === "" || reason.startsWith("-")) throw new Error(USAGE);
  const { DATABASE_URL, DEPLOYMENT_SECRET } = loadConfig(settings, process.env);
  const db = openDb(DATABASE_URL, 1);
  try {
    const keys = openKeys(db, DEPLOYMENT_SECRET);
    const steps = await (first === STOLEN ? keys.replaceAll(reason) : keys.beginRotation(reason));
    const lines = steps.map(({ purpose, step }) => `${purpose}: ${step}`);
    process.stdout.write(`${lines.join("\n") || "the next keys are published already"}\n`);
  } finally {
    await db.close();
  }
});
