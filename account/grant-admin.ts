import { boot } from "@rose-ash/shared/infrastructure/boot.ts";
import { baseConfig, loadConfig, publicUrlOf } from "@rose-ash/shared/infrastructure/config.ts";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { ADMIN_INVITATION_DAYS, grantAdmin, inviteAdmin } from "./services/index.ts";

const USAGE = `npm run admin -- invite EMAIL: prints a link by which whoever has that address becomes a member, and an admin of the site
npm run admin -- HANDLE "why": makes that member an admin of the site`;

// By the operator's own hand; everybody else is made one at /admin. Says in a sentence what was done.
await boot(async () => {
  const [, , first, ...rest] = process.argv;
  if (first === undefined || rest.length === 0) throw new Error(USAGE);
  const needed = { DATABASE_URL: true, DATABASE_PASSWORD: true, PUBLIC_ORIGIN: true } as const;
  const config = loadConfig(baseConfig.pick(needed), process.env);
  const db = openDb(config.DATABASE_URL, 1);
  const [email = ""] = rest;
  const isInvitation = first === "invite" && rest.length === 1 && email.includes("@");
  try {
    const said = await db.transaction(async (tx) => {
      if (!isInvitation) return grantAdmin(tx, first, rest.join(" "));
      const token = await inviteAdmin(tx, email, new Date());
      return `Send this to ${email}. It works once, for ${ADMIN_INVITATION_DAYS} days:\n${publicUrlOf(config)("account", `/join/${token}`)}`;
    });
    process.stdout.write(`${said}\n`);
  } finally {
    await db.close();
  }
});
