import { createHmac } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { userEmails } from "../../../shared/models/identity.ts";
import type { LetterId, NewsletterId, SubscriberId, UserId } from "../../../shared/models/ids.ts";
import { openTestApp, TEST_SECRET, type TestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { makeLetterLinks } from "../../services/letters/links.ts";
import { signReport } from "../../services/letters/report-signature.ts";

const SECRET = "what-the-mail-server-and-we-know-together";
const links = makeLetterLinks(TEST_SECRET);
let now = new Date("2026-11-20T10:00:00Z");
let account: TestApp;
let ada: UserId;
let cookies: Record<string, string>;
const HOUSE = 1 as NewsletterId;

beforeAll(async () => {
  account = await openTestApp("account", { env: { LETTERS_REPORT_SECRET: SECRET }, clock: { now: () => now } });
  ada = await aMember(account.db, { handle: "ada", name: "Ada" });
  await account.db.insert(userEmails).values({ email: "ada@dairy.example", userId: ada, isPrimary: true, verifiedAt: new Date() });
  cookies = await signedIn(account, "account", ada);
});
afterAll(() => account.close());

beforeEach(async () => {
  now = new Date(); // the database's clock is the machine's
  await account.db.execute(
    sql`truncate newsletters, subscribers, newsletter_suppressions, rate_limits, ap_activities restart identity cascade`,
  );
  await account.db.execute(sql`
    insert into newsletters (slug, name, is_open, group_name, position) values
      ('house', 'The house letter', true, null, 1), ('week', 'This week', true, null, 2), ('members', 'To the members', false, 'coop', 3)`);
});

const states = async () =>
  (
    await account.db.execute<{ row: string }>(sql`
      select s.email || ' ' || n.slug || ' ' || b.state as row from newsletter_subscriptions b
      join subscribers s on s.id = b.subscriber_id join newsletters n on n.id = b.newsletter_id order by 1`)
  ).rows.map(({ row }) => row);
const consents = async () =>
  (await account.db.execute<{ row: string }>(sql`select act || ' ' || text_version as row from newsletter_consents order by id`)).rows.map(
    ({ row }) => row,
  );
const asked = async () =>
  (
    await account.db.execute<{ id: string }>(sql`select object_id as id from ap_activities where object_type = 'Subscription' order by id`)
  ).rows.map(({ id }) => Number(id));
let networks = 0;
/** Each from another network: how many one may send is counted elsewhere. */
const ask = (email: string, ...lists: string[]) =>
  account.app.inject({
    method: "POST",
    url: "/newsletters",
    remoteAddress: `10.0.0.${++networks}`,
    payload: new URLSearchParams([["email", email], ...lists.map((list): [string, string] => ["list", list])]).toString(),
    headers: {
      host: new URL(account.origin).host,
      origin: account.origin,
      accept: "text/html",
      "content-type": "application/x-www-form-urlencoded",
    },
  });

async function aSubscriber(email = "grace@dairy.example"): Promise<SubscriberId> {
  await account.app.transaction((tx) =>
    account.services.newsletters.decide(tx, { email, newsletterId: HOUSE, state: "subscribed", textVersion: "member-1" }),
  );
  const { rows } = await account.db.execute<{ id: string }>(sql`select id from subscribers where email = ${email}`);
  return Number(rows[0]?.id) as SubscriberId;
}

describe("a guest who subscribes", () => {
  it("says yes from their mailbox: looking confirms nothing, the button does, once more says the same", async () => {
    expect((await ask(" Grace@Dairy.example ", "house", "week")).headers.location).toBe("/newsletters?notice=newsletter-asked");
    expect(await states()).toEqual(["grace@dairy.example house pending", "grace@dairy.example week pending"]);
    const [consentId = 0] = await asked();
    const path = `/letters/confirm/${links.confirm(consentId)}`;
    for (let look = 0; look < 2; look++) {
      const page = await account.get(path);
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain("g…@dairy.example");
    }
    expect((await states())[0]).toContain("pending");
    for (let press = 0; press < 2; press++) expect((await account.post(path, {})).body).toContain("The house letter and This week");
    expect(await states()).toEqual(["grace@dairy.example house subscribed", "grace@dairy.example week subscribed"]);
    expect(await consents()).toEqual(["asked lists-1", "asked lists-1", "confirmed confirm-1", "confirmed confirm-1"]);
    const { rows } = await account.db.execute(sql`
      select distinct address_hash = encode(sha256('grace@dairy.example'), 'hex') as is_hers from newsletter_consents`);
    expect(rows).toEqual([{ is_hers: true }]);
  });

  it("finds a link over when it is a week old, forged, of another purpose, or they unsubscribed since", async () => {
    await ask("grace@dairy.example", "house");
    const [consentId = 0] = await asked();
    const path = `/letters/confirm/${links.confirm(consentId)}`;
    now = new Date(Date.now() + 8 * 24 * 3_600_000);
    expect((await account.get(path)).statusCode).toBe(410);
    expect((await account.post(path, {})).statusCode).toBe(410);
    now = new Date();
    const forged = [
      `${consentId}-${"0".repeat(24)}`,
      links.preferences(consentId as SubscriberId),
      `${consentId}`,
      "x".repeat(150),
      "%F0%9F",
    ];
    for (const token of forged) expect((await account.post(`/letters/confirm/${token}`, {})).statusCode).toBeGreaterThanOrEqual(400);
    expect(await states()).toEqual(["grace@dairy.example house pending"]);
    await account.post(path, {});
    await account.app.inject({
      method: "POST",
      url: `/letters/leave/${links.leave({ subscriberId: 1 as SubscriberId, newsletterId: HOUSE, letterId: 0 })}`,
      headers: { host: new URL(account.origin).host },
    });
    expect((await account.post(path, {})).statusCode).toBe(410); // the old link brings nobody back
    expect(await states()).toEqual(["grace@dairy.example house unsubscribed"]);
  });

  it("hears the same whatever is known of an address, and a stranger takes nothing back by asking", async () => {
    const subscriberId = await aSubscriber();
    await account.app.transaction(async (tx) => {
      await account.services.newsletters.leave(tx, { subscriberId, newsletterId: HOUSE, textVersion: "link-1" });
      await tx.execute(sql`
        insert into newsletter_suppressions (address_hash, reason) values (encode(sha256('gone@dairy.example'), 'hex'), 'bounced')`);
    });
    const answers = [];
    for (const email of ["grace@dairy.example", "gone@dairy.example", "new@dairy.example", "ada@dairy.example"]) {
      const { statusCode, headers, body } = await ask(email, "house");
      answers.push(JSON.stringify([statusCode, headers.location, body]));
    }
    expect(new Set(answers).size).toBe(1);
    expect(await states()).toContain("grace@dairy.example house unsubscribed");
    expect(await asked()).toHaveLength(3); // to the one that mail comes back from none goes
  });

  it("is asked three times in an hour at most, however often somebody types their address", async () => {
    for (let at = 0; at < 6; at++) expect((await ask("grace@dairy.example", "house")).statusCode).toBe(303);
    expect(await asked()).toHaveLength(3);
  });

  it.each([
    ["", "no address"],
    ["grace", "no host"],
    ["grace@dairy", "a host without a dot"],
    ["grace@dairy.example\r\nBcc: x@y.example", "another line of a head"],
    ['"g"@dairy.example', "quotes"],
    ["g<x@dairy.example", "a bracket"],
    [`${"g".repeat(70)}@dairy.example`, "too long a name"],
    ["g@dairy.example@", "no host again"],
    ["g@-dairy.example", "a hyphen in front"],
    ["g@127.0.0.1", "a number"],
  ])("gets the form back for %j: %s", async (email) => {
    const { statusCode, body } = await ask(email, "house");
    expect(statusCode).toBe(422);
    expect(body).toContain("Give a mail address");
    expect(await states()).toEqual([]);
  });

  it("may live beyond ASCII, and is one person however the host is written", async () => {
    await ask("Jürgen@Bäckerei.example", "house");
    await ask("jürgen@xn--bckerei-5wa.example", "house");
    expect(await states()).toEqual(["jürgen@xn--bckerei-5wa.example house pending"]);
  });

  it("gets only lists that are open", async () => {
    expect((await ask("grace@dairy.example", "members")).statusCode).toBe(422);
    expect(await states()).toEqual([]);
  });

  it("who is a program, and fills in what nobody sees, is told the same and gets nothing", async () => {
    const { headers } = await account.post("/newsletter-subscriptions", { newsletter: "house", email: "bot@dairy.example", website: "x" });
    expect(headers.location).toBe("/?notice=newsletter-asked");
    expect(await states()).toEqual([]);
  });
});

describe("the box on any page", () => {
  it("comes back to the page it stands on, of this host only", async () => {
    const box = (referer: string) =>
      account.post("/newsletter-subscriptions", { newsletter: "house", email: "grace@dairy.example" }, { headers: { referer } });
    expect((await box(`${account.origin}/letters/house`)).headers.location).toBe("/letters/house?notice=newsletter-asked");
    expect((await box("https://evil.example/x")).headers.location).toBe("/?notice=newsletter-asked");
    expect((await account.post("/newsletter-subscriptions", { newsletter: "members", email: "grace@dairy.example" })).statusCode).toBe(404);
  });

  it("takes one click of a member, at the address of their account and no other", async () => {
    const { headers } = await account.post(
      "/newsletter-subscriptions",
      { newsletter: "house", email: "victim@dairy.example" },
      { cookies },
    );
    expect(headers.location).toBe("/?notice=newsletter-subscribed");
    expect(await states()).toEqual(["ada@dairy.example house subscribed"]);
  });
});

describe("one click, RFC 8058", () => {
  const post = (token: string, type: string, payload: string, headers: Record<string, string> = {}) =>
    account.app.inject({
      method: "POST",
      url: `/letters/leave/${token}`,
      payload,
      headers: { host: new URL(account.origin).host, "content-type": type, ...headers },
    });

  it("ends it at once, from anywhere, without cookies or redirects, as a form of either kind, again and again", async () => {
    const subscriberId = await aSubscriber();
    const token = links.leave({ subscriberId, newsletterId: HOUSE, letterId: 7 as LetterId });
    const form = "List-Unsubscribe=One-Click";
    const multipart = `--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n`;
    const answers = [
      await post(token, "application/x-www-form-urlencoded", form, { origin: "https://mail.example", "sec-fetch-site": "cross-site" }),
      await post(token, "multipart/form-data; boundary=b", multipart),
      await post(token, "application/x-www-form-urlencoded", form),
    ];
    for (const { statusCode, body, headers } of answers) {
      expect([statusCode, body, headers["set-cookie"]]).toEqual([200, "You are unsubscribed.\n", undefined]);
    }
    expect(await states()).toEqual(["grace@dairy.example house unsubscribed"]);
    expect(await consents()).toEqual(["confirmed member-1", "withdrawn one-click-1"]);
  });

  it("does nothing when a scanner looks", async () => {
    const token = links.leave({ subscriberId: await aSubscriber(), newsletterId: HOUSE, letterId: 0 });
    for (const method of ["GET", "HEAD"] as const)
      expect(
        (
          await account.app.inject({
            method,
            url: `/letters/leave/${token}`,
            headers: { host: new URL(account.origin).host, accept: "text/html" },
          })
        ).statusCode,
      ).toBe(200);
    expect(await states()).toEqual(["grace@dairy.example house subscribed"]);
  });

  it("heeds the link alone: who is signed in here does not count, nobody ends another's, and what is erased is no error", async () => {
    const grace = await aSubscriber();
    await aSubscriber("ada@dairy.example");
    const hers = links.leave({ subscriberId: grace, newsletterId: HOUSE, letterId: 0 });
    const other = hers.replace(/^\d+/, String(grace + 1)); // another number under the same signature
    expect((await post(other, "application/x-www-form-urlencoded", "")).statusCode).toBe(404);
    expect((await account.post(`/letters/leave/${hers}`, { from: "page" }, { cookies })).statusCode).toBe(200);
    expect(await states()).toEqual(["ada@dairy.example house subscribed", "grace@dairy.example house unsubscribed"]);
    await account.db.execute(sql`delete from subscribers`);
    expect((await post(hers, "application/x-www-form-urlencoded", "")).statusCode).toBe(200);
  });

  it("is the one thing that may come from elsewhere", async () => {
    const subscriberId = await aSubscriber();
    const elsewhere = { headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" } };
    const preferences = `/letters/preferences/${links.preferences(subscriberId)}`;
    expect((await account.post(preferences, { list: "house", state: "unsubscribed" }, elsewhere)).statusCode).toBe(403);
    expect((await account.post("/newsletters", { email: "x@y.example", list: "house" }, elsewhere)).statusCode).toBe(403);
    expect((await account.post("/newsletters/house", { state: "unsubscribed" }, { ...elsewhere, cookies })).statusCode).toBe(403);
  });
});

describe("preferences by the link in a mail", () => {
  it("show each list and why it comes, end one at once, and ask at the mailbox before one more", async () => {
    const subscriberId = await aSubscriber();
    const path = `/letters/preferences/${links.preferences(subscriberId)}`;
    const page = await account.get(path);
    expect(page.body).toContain("g…@dairy.example");
    expect(page.body).not.toContain("To the members");
    expect(page.body).toContain("read from subscriptions that were confirmed");
    expect((await account.post(path, { list: "week", state: "subscribed" })).headers.location).toContain("newsletter-asked");
    expect(await states()).toEqual(["grace@dairy.example house subscribed", "grace@dairy.example week pending"]);
    await account.post(path, { list: "house", state: "unsubscribed" });
    expect(await states()).toContain("grace@dairy.example house unsubscribed");
    for (const list of ["members", "nothing"]) expect((await account.post(path, { list, state: "subscribed" })).statusCode).toBe(404);
    await account.post(path, { list: "all", state: "unsubscribed" });
    expect(await states()).toEqual(
      expect.arrayContaining(["grace@dairy.example members unsubscribed", "grace@dairy.example week unsubscribed"]),
    );
    expect((await account.get(path.replace(/\d+/, "99"))).statusCode).toBe(404);
  });
});

describe("a member's page", () => {
  it("shows lists, ends what comes by a group, and says why it came", async () => {
    await account.app.transaction((tx) =>
      account.services.newsletters.decide(tx, {
        email: "ada@dairy.example",
        newsletterId: HOUSE,
        state: "subscribed",
        textVersion: "member-1",
      }),
    );
    const page = await account.get("/newsletters", { cookies });
    for (const words of ["The house letter", "To the members", "for your group"]) expect(page.body).toContain(words);
    const why = await account.get("/newsletters/members/why", { cookies });
    expect(why.body).toContain("Ada belongs to coop");
    expect(why.body).toContain("members is for coop");
    await account.post("/newsletters/members", { state: "unsubscribed" }, { cookies });
    expect((await account.get("/newsletters/members/why", { cookies })).body).toContain("It does not come to ada@dairy.example");
    expect((await account.get("/newsletters/house/why", { cookies })).body).toContain(
      "Send me The house letter to the address of my account.",
    );
    expect((await account.get("/newsletters/nothing/why", { cookies })).statusCode).toBe(404);
    expect((await account.post("/newsletters/house", { state: "unsubscribed" })).statusCode).toBe(401);
  });
});

describe("what comes back", () => {
  const report = (body: string, signature = signReport(SECRET, Buffer.from(body), now)) =>
    account.app.inject({
      method: "POST",
      url: "/letters/reports",
      payload: body,
      headers: { host: new URL(account.origin).host, "content-type": "message/rfc822", "x-letters-signature": signature },
    });
  const suppressed = async () => (await account.services.newsletters.getSuppressionFigures()) as Record<string, number>;
  const dsn = (token: string, action = "failed", status = "5.1.1") =>
    `To: back+${token}@rose-ash.example\r\nContent-Type: multipart/report\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; grace@dairy.example\r\nAction: ${action}\r\nStatus: ${status}\r\nDiagnostic-Code: smtp; 550 no such user\r\n`;

  it("stops mail to an address that does not exist, once, and is heard again without harm", async () => {
    const token = links.returned(1 as LetterId, await aSubscriber());
    for (let at = 0; at < 2; at++) expect((await report(dsn(token))).json()).toEqual({ taken: "report" });
    expect(await suppressed()).toMatchObject({ bounced: 1, complained: 0 });
  });

  it("stops mail to who complained, by the header that came back", async () => {
    const token = links.returned(1 as LetterId, await aSubscriber());
    await report(
      `Content-Type: multipart/report; report-type=feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\r\nX-Letter: ${token}\r\nSubject: Bread\r\n`,
    );
    expect(await suppressed()).toMatchObject({ complained: 1 });
  });

  it("takes no delay, no forged number and no number of another letter for a mail that came back", async () => {
    const subscriberId = await aSubscriber();
    const token = links.returned(1 as LetterId, subscriberId);
    expect((await report(dsn(token, "delayed", "4.4.1"))).json()).toEqual({ taken: "passing" });
    expect((await report(dsn(token, "delivered", "2.0.0"))).json()).toEqual({ taken: "passing" });
    expect((await report(dsn(token.replace(/.$/, (last) => (last === "0" ? "1" : "0"))))).json()).toEqual({ taken: "unknown" });
    expect((await report(dsn(token.replace("1-", "2-")))).json()).toEqual({ taken: "unknown" });
    expect(await suppressed()).toMatchObject({ bounced: 0 });
  });

  it("is told only by who signs, over these bytes and now", async () => {
    const body = dsn(links.returned(1 as LetterId, await aSubscriber()));
    const old = signReport(SECRET, Buffer.from(body), new Date(now.getTime() - 6 * 60_000));
    const forged = `t=${Math.floor(now.getTime() / 1000)},v1=${createHmac("sha256", "another").update(body).digest("hex")}`;
    for (const signature of [old, forged, "", "t=1,v1=", signReport(SECRET, Buffer.from(`${body}x`), now)])
      expect((await report(body, signature)).statusCode).toBe(401);
    expect(await suppressed()).toMatchObject({ bounced: 0 });
  });
});

it("forgets an erased person, whom imports don't bring back and who may come back by themselves", async () => {
  await aSubscriber("ada@dairy.example");
  await account.app.transaction((tx) => account.services.newsletters.forget(tx, ada));
  expect(await states()).toEqual([]);
  await account.app.transaction((tx) =>
    account.services.newsletters.takeIn(tx, "ghost", [
      { email: "ada@dairy.example", name: "", newsletterIds: [HOUSE], labels: [], isSuppressed: false, since: new Date() },
    ]),
  );
  expect(await states()).toEqual([]);
  await ask("ada@dairy.example", "house");
  await account.post(`/letters/confirm/${links.confirm((await asked()).at(-1) ?? 0)}`, {});
  expect(await states()).toEqual(["ada@dairy.example house subscribed"]);
  expect(await account.services.newsletters.findSuppression("ada@dairy.example")).toBeNull();
});
