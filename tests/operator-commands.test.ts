import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { hashToken, openKeys } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { auditEntries } from "@rose-ash/shared/models/audit.ts";
import { serviceKeys } from "@rose-ash/shared/models/identity.ts";
import { invitations } from "@rose-ash/shared/models/joining.ts";
import { asc } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import { TEST_SECRET } from "./app.ts";
import { aMember } from "./builders/publication.ts";
import { newDatabase } from "./database.ts";

const url = await newDatabase();
const db = openDb(url, 2);
afterAll(() => db.close());

/** As `npm run <verb> -- …` does it. */
function run(...argv: string[]) {
  const { LOG_LEVEL: _level, ...given } = process.env;
  const env = { ...given, DATABASE_URL: url, DEPLOYMENT_SECRET: TEST_SECRET };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join("scripts", "run.mjs"), ...argv], { env, encoding: "utf8" });
  return { status, stdout, stderr };
}

const log = () => db.select().from(auditEntries).orderBy(asc(auditEntries.id));

describe("npm run admin", () => {
  it("makes a member an admin of the site, once, with the reason in the log", async () => {
    const ada = await aMember(db, { handle: "ada", name: "Ada" });
    expect(run("admin", "ada", "Elected", "in May")).toMatchObject({ status: 0, stdout: "Ada is an admin now\n" });
    expect(run("admin", "ada", "Elected in May")).toMatchObject({ status: 0, stdout: "Ada is an admin already\n" });
    const subject = `shared.role("user:${ada}","admin","site")`;
    expect(await log()).toMatchObject([{ app: "account", actor: "app:account", action: "assert", subject, reason: "Elected in May" }]);
  });

  it("prints the link of a first steward, for one address, as it stands nowhere else", async () => {
    const { status, stdout } = run("admin", "invite", "First@Dairy.example");
    const [, token = ""] = /^http:\/\/account\.rose-ash\.localhost:8000\/join\/([\w-]{43})$/m.exec(stdout) ?? [];
    expect([status, token.length]).toEqual([0, 43]);
    const [made] = await db.select().from(invitations);
    expect(made).toMatchObject({ email: "first@dairy.example", makesAdmin: true, mostUses: 1, tokenHash: hashToken(token) });
    expect((await log()).at(-1)).toMatchObject({ actor: "app:account", action: "invite" });
  });

  it.each([
    [["invite", "first@@dairy"], "is no mail address"],
    [["invite", "a@b.example\r\nBcc: all@example.org"], "is no mail address"],
    [["ada"], "npm run admin -- HANDLE"],
    [["ada", "x"], "say why"],
    [["nobody", "Elected in May"], 'no member is called "nobody"'],
  ])("says in a sentence what it lacks: %j", (argv, sentence) => {
    const { status, stderr } = run("admin", ...argv);
    expect([status, stderr]).toEqual([1, expect.stringContaining(sentence)]);
    expect(stderr).not.toContain("    at ");
  });
});

describe("npm run keys", () => {
  it("publishes the next keys, or replaces them all, with the reason in the log", async () => {
    await openKeys(db, TEST_SECRET).signingKey("oidc-signing", "ES256");
    expect(run("keys", "Due at the audit").stdout).toBe("oidc-signing: published-next\n");
    expect(run("keys", "Due at the audit").stdout).toBe("the next keys are published already\n");
    expect(await db.$count(serviceKeys)).toBe(2);
    expect(run("keys", "--stolen", "A laptop is gone").stdout).toBe("oidc-signing: replaced\n");
    expect(await db.$count(serviceKeys)).toBe(1);
    expect((await log()).slice(-2).map(({ action, reason }) => [action, reason])).toEqual([
      ["rotate keys", "Due at the audit"],
      ["replace keys", "A laptop is gone"],
    ]);
  });

  it.each([[["--stolen"]], [["--stoln", "A laptop is gone"]], [["  "]]])("changes nothing without a reason: %j", async (argv) => {
    const before = await db.select({ kid: serviceKeys.kid }).from(serviceKeys);
    expect(run("keys", ...argv).status).toBe(1);
    expect(await db.select({ kid: serviceKeys.kid }).from(serviceKeys)).toEqual(before);
  });
});
