import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { emitActivity } from "../../../shared/infrastructure/activities/index.ts";
import { userEmails } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { NOTICE_KINDS, type NoticeKind } from "../../../shared/models/notices.ts";
import { openTestApp } from "../../../tests/app.ts";
import { openMailbox } from "../../../tests/builders/mailbox.ts";
import { until } from "../../../tests/builders/outbox.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const mailbox = openMailbox();
const account = await openTestApp("account", { env: { ...mailbox.env } });
for (const begin of account.app.whenServing) begin();
afterAll(async () => {
  await account.close();
  await mailbox.remove();
});

const EMAIL = "ada@dairy.example";
let ada: UserId;
let bilal: UserId;
let cookies: Record<string, string>;
const { notices, notifications, federation } = account.services;
const HIS = "http://federation.rose-ash.localhost:8000/ap/members/bilal";

beforeEach(async () => {
  for (const table of ["users", "ap_activities", "rate_limits"]) await account.db.execute(`delete from ${table}`);
  ada = await aMember(account.db, { handle: "ada", name: "Ada" });
  bilal = await aMember(account.db, { handle: "bilal", name: "Bilal\r\nBcc: all@x.example \u202e" });
  await account.db.insert(userEmails).values({ email: EMAIL, userId: ada, isPrimary: true });
  cookies = await signedIn(account, "account", ada);
  await mailbox.take();
});

async function save(form: Record<string, string>, who = cookies) {
  const { seen } = await notices.getChoices(ada);
  return account.post("/settings/notices", { seen, ...form }, { cookies: who });
}

const levelOf = async (kind: NoticeKind) => (await notices.getChoices(ada)).levels[kind];
const follow = () => account.app.transaction((tx) => notifications.notify(tx, { userId: ada, kind: "follow", actor: HIS, object: "ada" }));

/** Something happens that concerns Ada, as a comment does. */
const comment = (id: string) =>
  account.app.transaction(async (tx) => {
    const about = { originApp: "blog", actorId: bilal, type: "Create", object: { type: "Comment", id } } as const;
    const activity = await emitActivity(tx, { ...about, details: { name: "Rye", path: "/posts/rye" } });
    await federation.notifyPeople(tx, [ada], activity, "comments");
  });

describe("/settings/notices", { timeout: 30_000 }, () => {
  it("names every kind, with the ways that it can come", async () => {
    const { body } = await account.get("/settings/notices", { cookies });
    for (const kind of NOTICE_KINDS) expect(body).toContain(`name="${kind}"`);
    expect(body).toContain('name="mention" value="mail"');
    expect(body).not.toContain('name="like" value="mail"');
    expect(body).not.toContain('name="prices" value="site"');
    expect(body).toContain("What comes in any case");
  });

  it("keeps what is chosen, only where it differs from what is usual", async () => {
    expect([await levelOf("mention"), await levelOf("entries"), await levelOf("prices")]).toEqual(["site", "mail", "mail"]);
    expect((await save({ mention: "mail", like: "off", entries: "site", prices: "off" })).headers.location).toContain("notice=saved");
    const { levels } = await notices.getChoices(ada);
    expect(levels).toMatchObject({ mention: "mail", like: "off", entries: "site", prices: "off", follow: "site", stock: "mail" });
    const { rows } = await account.db.execute("select kind from notice_mails union all select kind from notifications_off order by 1");
    expect(rows.map((row) => row["kind"])).toEqual(["entries", "like", "mention", "prices"]);
    await save({ mention: "site", like: "site", entries: "mail", prices: "mail" });
    expect((await account.db.execute("select from notice_mails")).rows).toEqual([]);
  });

  it("leaves as it was what a form does not say, or says wrongly", async () => {
    await save({ like: "off" });
    for (const form of [{ like: "mail" }, { like: "<script>" }, { unknown: "off" }, {}] as Record<string, string>[]) {
      expect((await save(form)).statusCode).toBe(303);
      expect(await levelOf("like")).toBe("off");
    }
  });

  it("tells the second of two devices what the first one chose", async () => {
    const { seen } = await notices.getChoices(ada);
    const elsewhere = await signedIn(account, "account", ada);
    await account.post("/settings/notices", { seen, like: "off" }, { cookies });
    const second = await account.post("/settings/notices", { seen, like: "site", boost: "off" }, { cookies: elsewhere });
    expect(second.statusCode).toBe(409);
    expect(second.body).toContain("By now it says: Never");
    expect(second.body).toMatch(/name="boost" value="off" checked/); // what was chosen here is kept
    expect([await levelOf("like"), await levelOf("boost")]).toEqual(["off", "site"]);
  });

  it("is each member's own", async () => {
    const his = await signedIn(account, "account", bilal);
    await save({ like: "off" });
    expect((await account.get("/settings/notices", { cookies: his })).body).not.toMatch(/name="like" value="off" checked/);
    expect((await account.get("/settings/notices")).headers.location).toBe("/auth/login?next=%2Fsettings%2Fnotices");
    expect((await account.post("/settings/notices", { like: "off" })).statusCode).toBe(401);
  });
});

describe("what a member is told", { timeout: 30_000 }, () => {
  it("stands on the site unless they don't want it, and what can't be unwanted always", async () => {
    await follow();
    await comment("c1");
    expect(await federation.countUnread(ada)).toBe(2);
    await save({ follow: "off", comments: "off", duties: "off" });
    await account.db.execute("delete from notifications");
    await follow();
    await comment("c2");
    expect(await federation.countUnread(ada)).toBe(0);
    await account.app.transaction(async (tx) => {
      const verdict = { originApp: "federation", actorId: null, type: "Update", object: { type: "Moderation", id: "1" } } as const;
      await federation.notifyPeople(tx, [ada], await emitActivity(tx, verdict), "always");
    });
    expect(await federation.countUnread(ada)).toBe(1);
  });

  it("comes by mail as well to who asked for it, once, and starts no line by anybody's name", async () => {
    await follow();
    await save({ comments: "mail", follow: "mail" });
    await account.db.execute("delete from notifications");
    await comment("c1");
    await follow();
    const mails = await mailed();
    expect(mails.map(({ to }) => to)).toEqual([EMAIL, EMAIL]);
    const subjects = mails.map(({ subject }) => subject).sort();
    expect(subjects).toEqual([expect.stringContaining("follows you"), expect.stringContaining("commented on Rye")]);
    for (const { subject, text } of mails) {
      expect(subject).not.toMatch(/[\r\n\u202e]/);
      expect(text).not.toMatch(/^Bcc:/m);
      expect(text).toContain("/settings/notices");
    }
  });

  it("does not come by mail when it was read meanwhile, nor more than twenty times an hour", async () => {
    await save({ comments: "mail" });
    for (let number = 0; number < 25; number++) await comment(`c${number}`);
    const mails = await mailed();
    expect(mails).toHaveLength(20);
    expect(await federation.countUnread(ada)).toBe(25);
    await account.db.execute("delete from rate_limits");
    await account.app.transaction(async (tx) => {
      const about = { originApp: "blog", actorId: bilal, type: "Create", object: { type: "Comment", id: "read" } } as const;
      await federation.notifyPeople(tx, [ada], await emitActivity(tx, about), "comments");
      await notifications.markAllRead(tx, ada);
    });
    expect(await mailed()).toEqual([]);
  });

  it("asks for an address whether its member wants mails of a kind; of a stranger nobody said no", async () => {
    expect(await notices.mayMail("prices", EMAIL)).toBe(true);
    await save({ prices: "off" });
    expect(await notices.mayMail("prices", EMAIL.toUpperCase())).toBe(false);
    expect(await notices.mayMail("stock", EMAIL)).toBe(true);
    expect(await notices.mayMail("comments", EMAIL)).toBe(false);
    expect(await notices.mayMail("invitations", "guest@elsewhere.example")).toBe(true);
  });
});

/** What lies in the mailbox once nothing waits to be mailed. */
async function mailed() {
  await until(async () => (await pending()) === 0);
  return mailbox.take();
}

async function pending(): Promise<number> {
  const { rows } = await account.db.execute(
    "select count(*)::int as count from ap_activity_handlings where handler = 'account.mail-notices' and state = 'pending'",
  );
  return Number(rows[0]?.["count"]);
}
