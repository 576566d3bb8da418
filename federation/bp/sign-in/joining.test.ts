import { eq } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { hashToken } from "../../../shared/infrastructure/keys/index.ts";
import { auditEntries } from "../../../shared/models/audit.ts";
import { signInLinks, userEmails, users } from "../../../shared/models/identity.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { invitations, joinRequests } from "../../../shared/models/joining.ts";
import { type Joining, siteSettings, siteTexts, textAgreements } from "../../../shared/models/site.ts";
import { openTestApp } from "../../../tests/app.ts";
import { anInteraction } from "../../../tests/builders/interaction.ts";
import { inviteAdmin } from "../../../tests/builders/invited-admin.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { newLinkSecrets } from "./secrets.ts";

const test = await openTestApp("federation"); // its mail server is away
afterAll(() => test.close());
const { db, services, app } = test;

const grace = await aMember(db, { handle: "grace", name: "Grace" });
await db.insert(userEmails).values({ email: "grace@example.org", userId: grace, isPrimary: true, verifiedAt: new Date() });

const setJoining = (joining: Joining) =>
  db.insert(siteSettings).values({ joining }).onConflictDoUpdate({ target: siteSettings.id, set: { joining } });

beforeEach(async () => {
  await setJoining("open");
  await db.delete(siteTexts);
  await db.delete(joinRequests);
});

/** The page of a link that was mailed to this address, in the browser that asked for it; invitation: what that browser brought. */
async function aLink(email: string, invitation = "") {
  const { uid, cookies } = await anInteraction(test);
  const { token, ...hashes } = newLinkSecrets(app, uid);
  const expiresAt = new Date(Date.now() + 600_000);
  await app.transaction((tx) => services.identity.createSignInLink(tx, { ...hashes, interactionUid: uid, email, expiresAt }));
  const path = `/sign-in/${uid}/link/${token}`;
  const sent = { cookies: invitation === "" ? cookies : { ...cookies, rose_invitation: invitation } };
  return { see: () => test.get(path, sent), press: (form: Record<string, string> = {}) => test.post(path, form, sent) };
}

const personOf = (email: string) => services.identity.findPersonByEmail(email);
const rolesOf = async (userId: UserId) => (await services.relations.listRoles(userId)).map(({ role, scope }) => `${role} ${scope}`);

describe("a site that is closed", { timeout: 60_000 }, () => {
  it("says so plainly to whoever proved an address that nobody has, and makes no member of them", async () => {
    await setJoining("invitation");
    const link = await aLink("nell@example.org");
    const seen = await link.see();
    expect([seen.statusCode, seen.body.includes("By invitation only")]).toEqual([403, true]);
    expect(seen.body).not.toMatch(/grace/i);
    expect((await link.press({ name: "Nell" })).statusCode).toBe(403);
    expect(await personOf("nell@example.org")).toBeNull();
  });

  it("says nothing of it to who has proved nothing: the answer to both addresses is one", async () => {
    await setJoining("invitation");
    const asked = async (email: string) => {
      await db.execute("delete from rate_limits");
      const { uid, cookies } = await anInteraction(test);
      const { statusCode, body } = await test.post(`/sign-in/${uid}`, { email }, { cookies });
      return [
        statusCode,
        body
          .replaceAll(uid, "")
          .replaceAll(email, "")
          .replaceAll(/[0-9a-f-]{36}/g, ""),
      ];
    };
    expect(await asked("grace@example.org")).toEqual(await asked("nobody@example.org"));
  });

  it("lets its members in as before", async () => {
    await setJoining("invitation");
    const link = await aLink("grace@example.org");
    expect((await link.see()).body).toContain("Welcome back, Grace");
    expect((await link.press()).statusCode).toBe(303);
  });
});

describe("a site that stewards let people into", { timeout: 60_000 }, () => {
  it("writes down who asks, once, and makes them a member when a steward says so", async () => {
    await setJoining("approval");
    const link = await aLink("ida@example.org");
    expect((await link.see()).body).toContain("Why you would like to join");
    const asked = await link.press({ name: "Ida", words: "I bake <b>rye</b>" });
    expect([asked.statusCode, asked.headers.location]).toEqual([303, expect.stringMatching(/\/asked$/)]);
    expect((await (await aLink("ida@example.org")).see()).body).toContain("You have asked to join");
    expect((await (await aLink("ida@example.org")).press({ name: "Ida again" })).body).toMatch(/You have asked|by invitation/);
    const waiting = await services.joining.listRequests("waiting", 1);
    expect(waiting.requests).toMatchObject([{ name: "Ida", email: "ida@example.org", words: "I bake <b>rye</b>" }]);
    expect(await personOf("ida@example.org")).toBeNull();
    const id = waiting.requests[0]?.id ?? expect.fail();
    const decide = (isApproved: boolean) =>
      app.transaction((tx) => services.joining.decide(tx, id, { isApproved, reason: "We know her bread", by: grace }));
    const both = await Promise.all([decide(true), decide(false)]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  it("tells who was not let in that they were not, and lets in who was", async () => {
    await setJoining("approval");
    for (const [email, isApproved] of [
      ["joe@example.org", false],
      ["kim@example.org", true],
    ] as const) {
      await (await aLink(email)).press({ name: email.slice(0, 3) });
      const { requests } = await services.joining.listRequests("waiting", 1);
      const id = requests[0]?.id ?? expect.fail();
      await app.transaction((tx) => services.joining.decide(tx, id, { isApproved, reason: "As we said", by: grace }));
    }
    expect((await (await aLink("joe@example.org")).see()).body).toContain("You were not let in");
    expect((await (await aLink("kim@example.org")).see()).body).toContain("Welcome back, kim");
  });
});

describe("an invitation", { timeout: 60_000 }, () => {
  const invite = async (change: Partial<Parameters<typeof services.joining.invite>[1]> = {}) => {
    const invitation = { email: null, note: "", groupId: null, mostUses: 1, days: 7, by: grace, ...change };
    const made = await app.transaction((tx) => services.joining.invite(tx, invitation));
    return made.kind === "invited" ? made.token : expect.fail(made.kind);
  };

  it("opens a closed site once, however many press at the same moment", async () => {
    await setJoining("invitation");
    const token = await invite();
    const links = await Promise.all(["lou@example.org", "mia@example.org", "ned@example.org"].map((email) => aLink(email, token)));
    expect((await links[0]?.see())?.body).toContain("Good to meet you");
    const answers = await Promise.all(links.map((link, at) => link.press({ name: `Guest ${at}` })));
    const people = await Promise.all(["lou", "mia", "ned"].map((name) => personOf(`${name}@example.org`)));
    expect(answers.filter(({ statusCode }) => statusCode === 303)).toHaveLength(1);
    expect(people.filter((person) => person !== null)).toHaveLength(1);
  });

  it("is for its address alone", async () => {
    await setJoining("invitation");
    const token = await invite({ email: "ona@example.org" });
    expect((await (await aLink("thief@example.org", token)).see()).statusCode).toBe(403);
    expect((await (await aLink("thief@example.org", token)).press({ name: "Thief" })).statusCode).toBe(403);
    expect((await (await aLink("ona@example.org", token)).press({ name: "Ona" })).statusCode).toBe(303);
  });

  it.each([
    ["forged", async () => "A".repeat(43)],
    ["no token at all", async () => "' or 1=1 --"],
    [
      "over",
      async () => {
        const token = await invite();
        await db
          .update(invitations)
          .set({ expiresAt: new Date(Date.now() - 1000) })
          .where(eq(invitations.tokenHash, hashToken(token)));
        return token;
      },
    ],
    [
      "revoked",
      async () => {
        const token = await invite();
        const { invitations: all } = await services.joining.listInvitations(1);
        await app.transaction((tx) => services.joining.revoke(tx, all[0]?.id ?? expect.fail(), grace));
        return token;
      },
    ],
  ])("that is %s opens nothing", async (_what, make) => {
    await setJoining("invitation");
    const token = await make();
    expect((await (await aLink("pat@example.org", token)).see()).statusCode).toBe(403);
    expect((await (await aLink("pat@example.org", token)).press({ name: "Pat" })).statusCode).toBe(403);
    expect(await personOf("pat@example.org")).toBeNull();
    if (/^[\w-]{43}$/.test(token)) expect(await services.joining.openInvitation(token, null)).toEqual({ kind: "void" });
  });

  it("of the operator makes an admin of the site, once, and only of who proves the address", async () => {
    await setJoining("invitation");
    const token = await app.transaction((tx) => inviteAdmin(tx, "First@Bücher.example", new Date()));
    expect(await app.transaction((tx) => services.joining.accept(tx, token, grace))).toEqual({ kind: "other-address" });
    expect((await (await aLink("first@xn--bcher-kva.example", token)).press({ name: "Ada" })).statusCode).toBe(303);
    const ada = (await personOf("first@xn--bcher-kva.example")) ?? expect.fail();
    expect(await rolesOf(ada.userId)).toContain("admin site");
    expect(await app.transaction((tx) => services.joining.accept(tx, token, ada.userId))).toEqual({ kind: "already" });
    expect(await app.transaction((tx) => services.joining.accept(tx, token, grace))).toEqual({ kind: "void" });
    expect(await rolesOf(grace)).not.toContain("admin site");
    expect((await db.select().from(auditEntries).where(eq(auditEntries.actor, "app:account"))).map(({ action }) => action)).toEqual(
      expect.arrayContaining(["invite", "assert"]),
    );
  });

  it("stands nowhere but in its link", async () => {
    const token = await invite();
    const { rows } = await db.execute(
      `select i::text as row from invitations as i union all select a::text from ap_activities as a union all select e::text from audit_entries as e`,
    );
    expect(rows.some(({ row }) => String(row).includes(token))).toBe(false);
  });
});

describe("joining while there are terms", { timeout: 60_000 }, () => {
  it("wants a yes to the version of now, and writes it down", async () => {
    await db.insert(siteTexts).values([
      { kind: "terms", version: 1, text: "We bake." },
      { kind: "terms", version: 2, text: "We bake well." },
    ]);
    const link = await aLink("ruth@example.org");
    expect((await link.see()).body).toContain('value="terms 2"');
    for (const agreed of ["", "terms 1", "terms 3", "privacy 2"]) expect((await link.press({ name: "Ruth", agreed })).statusCode).toBe(422);
    expect(await personOf("ruth@example.org")).toBeNull();
    expect((await link.press({ name: "Ruth", agreed: "terms 2" })).statusCode).toBe(303);
    const ruth = (await personOf("ruth@example.org")) ?? expect.fail();
    const agreed = await db.select().from(textAgreements).where(eq(textAgreements.userId, ruth.userId));
    expect(agreed).toMatchObject([{ kind: "terms", version: 2, orderId: null }]);
  });
});

describe("mail addresses with letters that are not ASCII", { timeout: 60_000 }, () => {
  const stored = async (email: string) => {
    await db.execute("delete from rate_limits");
    const { uid, cookies } = await anInteraction(test);
    const { statusCode } = await test.post(`/sign-in/${uid}`, { email }, { cookies });
    const [link] = await db.select({ email: signInLinks.email }).from(signInLinks).where(eq(signInLinks.interactionUid, uid));
    return [statusCode, link?.email ?? null];
  };

  it.each([
    ["Ada@Bücher.example", "ada@xn--bcher-kva.example"],
    ["ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example"],
    ["ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"],
  ])("%s is %s: its domain as DNS has it", async (typed, kept) => {
    expect(await stored(typed)).toEqual([503, kept]); // the mail server is away
  });

  it.each([
    "ädä@example.org",
    "ada@exa mple.org",
    "ada@example.org\r\nBcc: all@example.org",
    "ada@\u202egro.elpmaxe",
    "@bücher.example",
    "ada@",
    "ada",
  ])("%j is none that mail reaches", async (typed) => {
    expect(await stored(typed)).toEqual([422, null]);
  });
});

it("takes no name that could be a line of a header", async () => {
  const link = await aLink("tess@example.org");
  for (const name of ["Tess\r\nBcc: all@example.org", "Tess\u202e", "", " "]) expect((await link.press({ name })).statusCode).toBe(422);
  expect(await db.$count(users, eq(users.name, "Tess"))).toBe(0);
});
