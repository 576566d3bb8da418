import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { openTestApp } from "../../../tests/app.ts";
import { anInteraction } from "../../../tests/builders/interaction.ts";

const mailbox = mkdtempSync(join(tmpdir(), "rose-ash-mail-"));
const test = await openTestApp("federation", { env: { DEPLOYMENT: "development", MAIL_URL: `file:${mailbox}` } });
afterAll(async () => {
  await test.close();
  rmSync(mailbox, { recursive: true });
});

it("mails the link while the site is paused: somebody has to sign in to release it", async () => {
  await test.db.execute(sql`update outgoing_state set cluster = 'the one that the backup was made of'`);
  expect(await test.services.outgoing.findPause()).not.toBeNull();
  const { uid, cookies } = await anInteraction(test);
  const { statusCode } = await test.post(`/sign-in/${uid}`, { email: "ada@example.org" }, { cookies });
  expect(statusCode).toBe(303);
  expect(readdirSync(mailbox)).toHaveLength(1);
});
