import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { signInLinks, userEmails, users } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { emailChanges } from "../../../shared/models/members.ts";
import { openTestApp } from "../../../tests/app.ts";
import { openMailbox } from "../../../tests/builders/mailbox.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const mailbox = openMailbox();
const clock = { now: () => new Date() };
const account = await openTestApp("account", { env: { ...mailbox.env }, clock });
afterAll(async () => {
  await account.close();
  await mailbox.remove();
});

const OLD = "ada@dairy.example";
const NEW = "ada@mill.example";
let ada: UserId;
let bilal: UserId;
let cookies: Record<string, string>;

beforeEach(async () => {
  vi.restoreAllMocks();
  for (const table of ["users", "rate_limits"]) await account.db.execute(`delete from ${table}`);
  ada = await aMember(account.db, { handle: "ada", name: "Ada" });
  bilal = await aMember(account.db, { handle: "bilal", name: "Bilal" });
  await account.db.insert(userEmails).values([
    { email: OLD, userId: ada, isPrimary: true, verifiedAt: new Date() },
    { email: "bilal@mill.example", userId: bilal, isPrimary: true, verifiedAt: new Date() },
  ]);
  cookies = await signedIn(account, "account", ada);
  await mailbox.take();
});

const ask = (email: string, expected = "", who = cookies) => account.post("/settings/email", { email, expected }, { cookies: who });
const answer = (path: string, words: "yes" | "no" = "yes") => account.post(path, { answer: words });
const addressesOf = async (userId: UserId) =>
  (await account.db.select({ email: userEmails.email }).from(userEmails).where(eq(userEmails.userId, userId))).map(({ email }) => email);

/** The links that were mailed, by whom they went to; their pages are on this host. */
async function linksSent(): Promise<Record<string, string>> {
  const mails = await mailbox.take();
  const pathIn = (text: string) => /https?:\/\/[^/]+(\/settings\/email\/links\/\S+)/.exec(text)?.[1] ?? "";
  return Object.fromEntries(mails.map(({ to, text }) => [to, pathIn(text)]));
}

async function asked(email = NEW): Promise<{ old: string; new: string }> {
  expect((await ask(email)).statusCode).toBe(303);
  const links = await linksSent();
  return { old: links[OLD] ?? expect.fail("the old address was not asked"), new: links[email] ?? "" };
}

describe("a change of address", { timeout: 30_000 }, () => {
  it("is done once both addresses said yes, and nothing changes before", async () => {
    const links = await asked();
    const half = await answer(links.old);
    expect(half.body).toContain("that is half of it");
    expect(await addressesOf(ada)).toEqual([OLD]);
    expect((await answer(links.new)).body).toContain("It is changed");
    expect(await addressesOf(ada)).toEqual([NEW]);
    const told = (await mailbox.take()).filter(({ subject }) => subject.startsWith("Your address"));
    expect(told.map(({ to }) => to).sort()).toEqual([OLD, NEW].sort());
    expect((await account.services.identity.listSecurityEvents(ada)).map(({ kind }) => kind)).toEqual(["email-changed"]);
    expect(await account.services.federation.countUnread(ada)).toBe(1); // on every other device
    expect((await account.get("/settings/email", { cookies })).body).toContain(NEW);
  });

  it("is done as well when the new address is the quicker one", async () => {
    const links = await asked();
    await answer(links.new);
    expect(await addressesOf(ada)).toEqual([OLD]);
    await answer(links.old);
    expect(await addressesOf(ada)).toEqual([NEW]);
  });

  it("is not done by a scanner that follows the links", async () => {
    const links = await asked();
    for (const link of [links.old, links.new, links.old]) {
      const page = await account.get(link);
      expect(page.statusCode).toBe(200);
      expect(page.headers["referrer-policy"]).toBe("no-referrer");
      expect(page.headers["cache-control"]).toBe("private, no-store");
      expect((await account.app.inject({ method: "HEAD", url: link, headers: { host: new URL(account.origin).host } })).statusCode).toBe(
        200,
      );
    }
    expect(await addressesOf(ada)).toEqual([OLD]);
    expect(await account.services.emailChanges.findOpen(ada)).toMatchObject({ isAllowed: false, isConfirmed: false });
  });

  it("is stopped by the old address, by the member, and not by the new address", async () => {
    const first = await asked();
    expect((await answer(first.new, "no")).statusCode).toBe(404);
    expect((await answer(first.old, "no")).body).toContain("It is stopped");
    expect((await answer(first.new)).body).toContain("It is stopped");
    const second = await asked();
    const open = (await account.services.emailChanges.findOpen(ada)) ?? expect.fail();
    const stranger = await signedIn(account, "account", bilal);
    await account.post("/settings/email/stop", { id: open.id }, { cookies: stranger });
    expect(await account.services.emailChanges.findOpen(ada)).not.toBeNull(); // it is not Bilal's to stop
    await account.post("/settings/email/stop", { id: open.id }, { cookies });
    for (const link of [second.old, second.new]) expect((await answer(link)).body).toContain("It is stopped");
    expect(await addressesOf(ada)).toEqual([OLD]);
  });

  it("can be stopped by the old address after it had allowed it, as long as it is not done", async () => {
    const links = await asked();
    await answer(links.old);
    expect((await answer(links.old, "no")).body).toContain("It is stopped");
    await answer(links.new);
    expect(await addressesOf(ada)).toEqual([OLD]);
  });

  it("counts each link once: replayed after it is done, stopped or over, it does nothing", async () => {
    const links = await asked();
    await answer(links.old);
    await answer(links.old); // twice yes is yes
    await answer(links.new);
    for (const link of [links.old, links.new]) expect((await answer(link)).body).toContain("It is changed already");
    expect((await answer(links.old, "no")).body).toContain("It is changed already");
    expect(await addressesOf(ada)).toEqual([NEW]);
  });

  it("of both answers at the same moment does it once", async () => {
    const links = await asked();
    await Promise.all([answer(links.old), answer(links.new), answer(links.new), answer(links.old)]);
    expect(await addressesOf(ada)).toEqual([NEW]);
    expect(await account.services.federation.countUnread(ada)).toBe(1);
  });

  it("takes no forged link, none of another kind, and none that is a day old", async () => {
    const links = await asked();
    const forged = ["A".repeat(43), `${links.old.split("/").at(-1)?.slice(0, -1)}_`, "..%2f..%2femail", "%00".repeat(20), "A".repeat(5000)];
    for (const token of forged) {
      for (const method of ["GET", "POST"] as const) {
        const path = `/settings/email/links/${token}`;
        const { statusCode } = method === "GET" ? await account.get(path) : await answer(path);
        expect([method, token.slice(0, 50), Math.floor(statusCode / 100)]).toEqual([method, token.slice(0, 50), 4]);
      }
    }
    vi.spyOn(clock, "now").mockReturnValue(new Date(Date.now() + 25 * 3_600_000));
    for (const link of [links.old, links.new]) {
      expect((await account.get(link)).statusCode).toBe(410);
      expect((await answer(link)).body).toContain("This link is over");
    }
    expect(await addressesOf(ada)).toEqual([OLD]);
  });

  it("is not taken from another site's page", async () => {
    const links = await asked();
    const { statusCode } = await account.post(links.old, { answer: "yes" }, { headers: { origin: "https://evil.example" } });
    expect(statusCode).toBe(403);
    expect(await account.services.emailChanges.findOpen(ada)).toMatchObject({ isAllowed: false });
  });

  it("tells nobody whether an address is taken: who has it is told instead, and nothing can be confirmed", async () => {
    const free = await ask("nobody@mill.example");
    await mailbox.take();
    const open = (await account.services.emailChanges.findOpen(ada)) ?? expect.fail();
    const taken = await ask("bilal@mill.example", open.id);
    expect([taken.statusCode, taken.headers.location]).toEqual([free.statusCode, free.headers.location]);
    const mails = await mailbox.take();
    const [toAda, toBilal] = [OLD, "bilal@mill.example"].map((who) => mails.find(({ to }) => to === who));
    expect(toAda?.text).toContain("/settings/email/links/");
    expect(toBilal).toMatchObject({ to: "bilal@mill.example" });
    expect(toBilal?.text).not.toMatch(/links|Ada/);
    expect(toBilal?.text).toContain("nothing was changed");
  });

  it("ends when somebody else became a member with the address meanwhile", async () => {
    const links = await asked();
    await answer(links.old);
    await account.app.transaction((tx) => account.services.identity.welcome(tx, NEW, "Quicker"));
    expect((await answer(links.new)).body).toContain("It could not be changed");
    expect(await addressesOf(ada)).toEqual([OLD]);
  });

  it("spends links to sign in that wait in the old mailbox", async () => {
    const expiresAt = new Date(Date.now() + 600_000);
    const hashes = { tokenHash: "t", codeHash: "c", interactionUid: "uid" };
    await account.app.transaction((tx) => account.services.identity.createSignInLink(tx, { ...hashes, email: OLD, expiresAt }));
    const links = await asked();
    await answer(links.old);
    await answer(links.new);
    const [link] = await account.db.select({ consumedAt: signInLinks.consumedAt }).from(signInLinks);
    expect(link?.consumedAt).not.toBeNull();
  });
});

describe("two devices", { timeout: 30_000 }, () => {
  it("that change the address at once: the second is told what is under way, and can put its own in the place", async () => {
    const elsewhere = await signedIn(account, "account", ada);
    const first = await asked("one@mill.example");
    const late = await ask("two@mill.example", "", elsewhere); // its form was opened before
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("changed elsewhere meanwhile");
    expect(late.body).toContain("one@mill.example");
    expect(late.body).toContain('value="two@mill.example"'); // nothing typed is lost
    expect(await mailbox.take()).toEqual([]);
    const [, expected = ""] = /name="expected" value="([^"]+)"/.exec(late.body) ?? [];
    expect((await ask("two@mill.example", expected, elsewhere)).statusCode).toBe(303);
    expect((await answer(first.new)).body).toContain("Another change took its place");
    const links = await linksSent();
    await answer(links[OLD] ?? "");
    await answer(links["two@mill.example"] ?? "");
    expect(await addressesOf(ada)).toEqual(["two@mill.example"]);
  });
});

describe("what is typed as an address", { timeout: 30_000 }, () => {
  it("is one address however its domain is written, and is shown in letters that can't be mistaken", async () => {
    await ask(" Ada@B\u00fccher.Example ");
    const open = await account.services.emailChanges.findOpen(ada);
    expect(open?.newEmail).toBe("ada@xn--bcher-kva.example");
    expect((await account.get("/settings/email", { cookies })).body).toContain("ada@xn--bcher-kva.example (ada@b\u00fccher.example)");
    expect((await mailbox.take()).map(({ to }) => to).sort()).toEqual([OLD, "ada@xn--bcher-kva.example"].sort());
  });

  it("is refused with what was typed when it is none, and writes no line into a mail", async () => {
    for (const email of ["", "ada@", "a\u0434\u0430@x.example", "ada@x.example\r\nBcc: all@x.example"]) {
      const { statusCode } = await ask(email);
      expect([email, statusCode]).toEqual([email, 422]);
    }
    expect((await ask(OLD.toUpperCase())).body).toContain("sign in with already");
    expect(await mailbox.take()).toEqual([]);
  });

  it("can't start a line or turn text round by the member's own name", async () => {
    await account.db.update(users).set({ name: "Ada\r\nBcc: all@x.example \u202eevil" }).where(eq(users.id, ada));
    await ask(NEW);
    const mails = await mailbox.take();
    expect(mails).toHaveLength(2);
    for (const { text, subject } of mails) {
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).not.toMatch(/^Bcc:/m);
      expect(text).not.toContain("\u202e");
    }
  });

  it("can't be used to fill somebody's mailbox", async () => {
    const codes = [];
    for (let time = 0; time < 5; time++) {
      const open = await account.services.emailChanges.findOpen(ada);
      codes.push((await ask("victim@mill.example", open?.id ?? "")).statusCode);
    }
    expect(codes).toEqual([303, 303, 303, 429, 429]);
    const tokens = await account.db.select({ hash: emailChanges.newTokenHash }).from(emailChanges);
    expect(tokens).toHaveLength(3);
  });

  it("is nobody's but the member's: a guest signs in first, and another member sees their own", async () => {
    expect((await account.get("/settings/email")).headers.location).toBe("/auth/login?next=%2Fsettings%2Femail");
    expect((await account.post("/settings/email", { email: NEW })).statusCode).toBe(401);
    await ask(NEW);
    const { body } = await account.get("/settings/email", { cookies: await signedIn(account, "account", bilal) });
    expect(body).not.toContain(NEW);
    expect(body).toContain("bilal@mill.example");
  });
});
