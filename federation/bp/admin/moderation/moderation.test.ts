import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { openDiscussion } from "../../../../tests/builders/discussion.ts";
import { aMember } from "../../../../tests/builders/publication.ts";

const discussion = await openDiscussion();
afterAll(() => discussion.close());
const { site, db, services, publicUrl, theirs, evil, ada, asAda, scene } = discussion;
const { aNote, arrive, shown, waiting, approve, hide, comment, countStored } = discussion;
const { moderation } = services;
const because = { by: ada, reason: "Read it" };
const memberUri = (handle = scene.slug.replace("on-rye", "grace")) => publicUrl("federation", `/ap/members/${handle}`);
const limit = (actor: string, kind: "silenced" | "suspended", by = ada) =>
  db.transaction((tx) => moderation.limit(tx, actor, kind, { by, reason: "Spam" }));
const lift = async () => {
  const { limits } = await moderation.listLimits(1);
  const inForce = limits.find(({ liftedAt }) => liftedAt === null) ?? expect.fail();
  return db.transaction((tx) => moderation.lift(tx, inForce.id, because));
};
const audited = async (action: string) =>
  (await services.audit.listEntries({ app: null, by: null, action, words: "" }, 1)).entries.map(({ subject, reason }) => ({
    subject,
    reason,
  }));

beforeEach(async () => {
  await discussion.begin();
  await db.execute(sql`delete from moderation_appeals`);
}, 30_000);

/** A comment of Grace's that everybody sees. */
async function aShownComment(text = "Fine bread"): Promise<{ uri: string; key: string }> {
  await comment(text);
  const [one] = await waiting();
  const { uri = "", key = "" } = one ?? {};
  await approve([uri]);
  return { uri, key };
}

describe("who is held back", () => {
  it("is shown to nobody, and comes back whole when that is lifted; what is deleted or taken away does not", async () => {
    const { uri } = await aShownComment();
    await comment("And another");
    const [a, b] = [aNote(scene.mae), aNote(scene.mae)];
    await arrive(scene.mae, { type: "Create", object: a });
    await approve([a.id]);
    await arrive(scene.mae, { type: "Create", object: b });
    await hide([b.id]);
    const before = (await shown()).map((one) => one.uri);
    expect(await limit(scene.mae.uri, "silenced")).toEqual({ kind: "set" });
    expect(await limit(scene.mae.uri, "silenced")).toEqual({ kind: "in-force" });
    expect((await shown()).map((one) => one.uri)).toEqual(before.filter((one) => one !== a.id));
    expect((await services.comments.getThread(scene.source)).count).toBe(before.length - 1);
    expect(await lift()).toBe(true);
    expect((await shown()).map((one) => one.uri)).toEqual(before);
    expect(before).toContain(uri);
    expect(before).toHaveLength(3);
    expect(await audited("silence")).toContainEqual({ subject: scene.mae.uri, reason: "Spam" });
    expect(await audited("lift silence")).toContainEqual({ subject: scene.mae.uri, reason: "Read it" });
  });

  it("suspended elsewhere, is refused at the gate, and nothing of theirs is stored", async () => {
    await arrive(scene.eve, { type: "Create", object: aNote(scene.eve) });
    expect(await limit(scene.eve.uri, "suspended")).toEqual({ kind: "set" });
    await db.transaction((tx) => services.fediverse.allowHost(tx, "nobody.example", false)); // forgets what was kept
    const before = await countStored();
    expect(await arrive(scene.eve, { type: "Create", object: aNote(scene.eve) })).toBe("403");
    expect(await arrive(evil.actor("another"), { type: "Create", object: aNote(evil.actor("another")) })).toBe("kept");
    expect(await countStored()).toBe(before + 1);
  });

  it("suspended here, can say nothing and is told why; nothing of theirs goes out", async () => {
    await aShownComment();
    await limit(memberUri(), "suspended");
    expect((await comment("More")).kind).toBe("limited");
    expect(await moderation.standingOf(scene.grace)).toBe("suspended");
    expect(await moderation.listVerdicts(scene.grace)).toMatchObject([{ kind: "suspended", reason: "Spam", isInForce: true }]);
    await lift();
    expect(await moderation.standingOf(scene.grace)).toBe("open");
    expect((await comment("More")).kind).toBe("shown");
  });

  it("is neither oneself nor a steward nor somebody unknown, and nobody else's to decide", async () => {
    expect(await limit("ada", "silenced")).toEqual({ kind: "about-oneself" });
    expect(await limit("@ada", "silenced", scene.grace)).toEqual({ kind: "steward" });
    expect(await limit("https://nowhere.example/x", "suspended")).toEqual({ kind: "unknown" });
    const grace = await discussion.as(scene.grace);
    for (const path of ["", "/people", "/reports", "/appeals", "/rules"])
      expect((await site.get(`/admin/moderation${path}`, grace)).statusCode).toBe(404);
    const form = { actor: scene.mae.uri, kind: "suspended", reason: "Spam" };
    expect((await site.post("/admin/moderation/people", form, grace)).statusCode).toBe(404);
    expect((await site.post("/admin/moderation/rules", { commentRule: "closed", servers: "all", reason: "x y z" }, grace)).statusCode).toBe(
      404,
    );
    const refused = await site.post("/admin/moderation/people", { ...form, actor: "@nobody@far.example" }, asAda);
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain("We know nobody");
    expect(refused.body).toContain("Spam");
    expect((await moderation.listLimits(1)).limits).toEqual([]);
  });
});

describe("a report", () => {
  it("of a member: stewards see it with what was said; the other server hears of it without a name, where that is wanted", async () => {
    const note = aNote(scene.mae, { content: "<p>Rude <script>alert(1)</script>words</p>" });
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    const grace = await discussion.as(scene.grace);
    expect((await site.get(`/report?uri=${encodeURIComponent(note.id)}`)).headers.location).toContain("/auth/login");
    const form = await site.get(`/report?uri=${encodeURIComponent(note.id)}`, grace);
    expect(form.body).toContain("Rude words");
    expect((await site.post("/report", { uri: note.id, words: "" }, grace)).statusCode).toBe(422);
    const sent = await site.post("/report", { uri: note.id, words: "It is <b>rude</b>", forward: "yes" }, grace);
    expect(sent.headers.location).toBe("/report/sent?notice=report-sent");
    expect((await site.post("/report", { uri: note.id, words: "Again" }, grace)).headers.location).toContain("report-sent-before");
    const { rows } = await db.execute<{ document: string }>(sql`select document from ap_outgoing where type = 'Flag'`);
    expect(rows).toHaveLength(1);
    const flag = JSON.parse(rows[0]?.document ?? "");
    expect(flag).toMatchObject({
      actor: publicUrl("federation", "/ap/instance"),
      object: [scene.mae.uri, note.id],
      content: "It is <b>rude</b>",
    });
    expect(rows[0]?.document).not.toContain("grace");
    const page = await site.get("/admin/moderation/reports", asAda);
    expect(page.body).toContain("It is &lt;b&gt;rude&lt;/b&gt;");
    expect(page.body).not.toContain("alert(1)");
  });

  it("is of something that is here, and of somebody else", async () => {
    const { uri } = await aShownComment();
    const grace = await discussion.as(scene.grace);
    for (const odd of ["", "x", "https://nowhere.example/1", "javascript:alert(1)", uri])
      expect((await site.post("/report", { uri: odd, words: "Bad thing" }, grace)).statusCode).toBe(404);
    expect(await moderation.findReportable(memberUri("nobody-at-all"))).toBeNull();
    expect((await moderation.listReports("open", 1)).reports).toEqual([]);
  });

  it("from elsewhere names what is ours; what its server may not report, and a flood, leave nothing", async () => {
    const { uri } = await aShownComment();
    expect(await arrive(scene.mae, { type: "Flag", object: [memberUri(), uri], content: "Spam" })).toBe("reported");
    expect((await moderation.listReports("open", 1)).reports).toMatchObject([
      { accused: { actor: memberUri(), name: "Grace" }, objects: [{ uri: memberUri() }, { uri, text: "Fine bread" }], words: "Spam" },
    ]);
    await db.execute(sql`insert into ap_hosts (host, rejects_reports) values ('evil.localhost', true)`);
    expect(await arrive(scene.eve, { type: "Flag", object: [uri] })).toContain("ignored");
    expect(await arrive(scene.eve, { type: "Flag", object: ["https://nowhere.example/1"] })).toContain("nothing of ours");
    await db.execute(
      sql`insert into ap_reports (activity, actor, objects) select ${theirs.origin} || '/f/' || n, ${scene.mae.uri}, array['x'] from generate_series(1, 60) n`,
    );
    expect(await arrive(scene.mae, { type: "Flag", object: [uri] })).toContain("ignored");
    expect((await moderation.countOpen()).reports).toBe(61);
  });

  it("is closed once, with what was done about it", async () => {
    const { uri } = await aShownComment();
    await arrive(scene.mae, { type: "Flag", object: [memberUri(), uri], content: "Spam" });
    const id = (await moderation.listReports("open", 1)).reports[0]?.id;
    const path = `/admin/moderation/reports/${id}`;
    expect((await site.post(path, { deed: "hide", reason: "" }, asAda)).statusCode).toBe(400);
    expect((await site.post(path, { deed: "hide", reason: "It was" }, asAda)).headers.location).toContain("report-closed");
    expect(await shown()).toEqual([]);
    expect((await site.post(path, { deed: "suspend", reason: "It was" }, asAda)).statusCode).toBe(404);
    expect(await moderation.standingOf(scene.grace)).toBe("open");
    expect((await moderation.listReports("closed", 1)).reports).toMatchObject([
      { verdict: "upheld", answer: "It was", closedBy: "Ada Marlowe" },
    ]);
    await arrive(scene.mae, { type: "Flag", object: [memberUri()], content: "Still" });
    const again = (await moderation.listReports("open", 1)).reports[0]?.id;
    await site.post(`/admin/moderation/reports/${again}`, { deed: "suspend", reason: "Enough" }, asAda);
    expect(await moderation.standingOf(scene.grace)).toBe("suspended");
  });
});

describe("an appeal", () => {
  it("is answered by another steward than who decided, who takes the decision back or not", async () => {
    await limit(memberUri(), "suspended");
    const grace = await discussion.as(scene.grace);
    const [verdict] = await moderation.listVerdicts(scene.grace);
    const page = await site.get("/settings/moderation", grace);
    expect(page.body).toContain("You are suspended");
    expect((await site.post("/settings/moderation", { key: verdict?.key ?? "", words: "" }, grace)).statusCode).toBe(422);
    expect(
      (await site.post("/settings/moderation", { key: verdict?.key ?? "", words: "It was not me" }, grace)).headers.location,
    ).toContain("appeal-sent");
    expect((await site.post("/settings/moderation", { key: verdict?.key ?? "", words: "Please" }, grace)).headers.location).toContain(
      "appeal-sent-before",
    );
    const [open] = (await moderation.listAppeals("open", ada, 1)).appeals;
    expect(open).toMatchObject({
      member: "Grace",
      words: "It was not me",
      isOwnDecision: true,
      about: { kind: "suspended", reason: "Spam" },
    });
    const own = await site.post(`/admin/moderation/appeals/${open?.id}`, { verdict: "refuse", reason: "No way" }, asAda);
    expect(own.headers.location).toContain("appeal-own");
    const other = await aMember(db, { handle: `steward-${scene.slug}` });
    await db.execute(
      sql`insert into relation_facts (relation, arguments, asserted_by) values ('shared.role', ${JSON.stringify([`user:${other}`, "steward", "federation"])}::jsonb, 'app:account')`,
    );
    const done = await site.post(
      `/admin/moderation/appeals/${open?.id}`,
      { verdict: "grant", reason: "You are right" },
      await discussion.as(other),
    );
    expect(done.headers.location).toContain("appeal-decided");
    expect(await moderation.standingOf(scene.grace)).toBe("open");
    expect(await moderation.listVerdicts(scene.grace)).toMatchObject([
      { isInForce: false, appeal: { isGranted: true, answer: "You are right" } },
    ]);
    expect(
      (await site.post(`/admin/moderation/appeals/${open?.id}`, { verdict: "refuse", reason: "Late" }, asAda)).headers.location,
    ).toContain("not-there-now");
  });

  it("about a comment brings it back when granted; nobody appeals for another", async () => {
    const { uri, key } = await aShownComment();
    await hide([uri]);
    const appealed = (by: typeof scene.grace, what: string) => db.transaction((tx) => moderation.appeal(tx, by, what, "Look again"));
    await expect(appealed(ada, `comment:${key}`)).rejects.toThrow("not-found");
    await expect(appealed(scene.grace, "comment:0")).rejects.toThrow("not-found");
    await expect(appealed(scene.grace, "limit:1")).rejects.toThrow("not-found");
    expect(await appealed(scene.grace, `comment:${key}`)).toEqual({ kind: "asked" });
    const [open] = (await moderation.listAppeals("open", scene.grace, 1)).appeals;
    const id = open?.id ?? expect.fail();
    expect(open).toMatchObject({ about: { kind: "hidden", text: "Fine bread", decidedBy: "Ada Marlowe" } });
    expect(await db.transaction((tx) => moderation.decideAppeal(tx, id, true, { by: scene.grace, reason: "Mine" }))).toEqual({
      kind: "own-decision",
    });
    const other = await aMember(db, { handle: `other-${scene.slug}` });
    expect(await db.transaction((tx) => moderation.decideAppeal(tx, id, true, { by: other, reason: "Fair" }))).toEqual({ kind: "decided" });
    expect(await shown()).toMatchObject([{ uri }]);
  });
});

describe("lists of servers", () => {
  const csv = [
    "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate",
    'spam.example,suspend,true,true,"Spam, ""daily""",false',
    "loud.example,silence,false,false,,false",
    "held.example,silence,false,false,,false",
    "f*.example,suspend,false,false,,true",
    "localhost,suspend,false,false,,false",
    "rose-ash.localhost,suspend,false,false,,false",
    "<script>,suspend,false,false,,false",
    "odd.example,eat,false,false,,false",
  ].join("\r\n");

  it("are looked at first, never soften what holds, and leave our own house out", async () => {
    await db.execute(sql`insert into ap_hosts (host, is_suspended, reason) values ('held.example', true, 'Ours')`);
    expect((await site.post("/admin/servers/import/preview", { list: csv }, await discussion.as(scene.grace))).statusCode).toBe(404);
    const preview = await site.post("/admin/servers/import/preview", { list: csv }, asAda);
    for (const words of [
      "2 new",
      "1 held harder here already",
      "1 of ours: left out",
      "spam.example",
      "hidden behind asterisks",
      "&lt;script&gt;",
    ])
      expect(preview.body).toContain(words);
    expect((await db.execute(sql`select from ap_hosts`)).rows).toHaveLength(1);
    const done = await site.post("/admin/servers/import", { list: csv, reason: "A list we trust" }, asAda);
    expect(done.headers.location).toBe("/admin/servers?notice=blocks-imported");
    expect(
      (await db.execute(sql`select host, is_suspended, is_silenced, rejects_reports, reason from ap_hosts order by host`)).rows,
    ).toEqual([
      { host: "held.example", is_suspended: true, is_silenced: false, rejects_reports: false, reason: "Ours" },
      { host: "loud.example", is_suspended: false, is_silenced: true, rejects_reports: false, reason: "A list we trust" },
      { host: "spam.example", is_suspended: true, is_silenced: false, rejects_reports: true, reason: 'Spam, "daily"' },
    ]);
    expect(await audited("limit host")).toHaveLength(2);
    expect(await services.fediverse.isSuspended("deep.below.spam.example:8443")).toBe(true);
    expect(await services.fediverse.isSuspended("notspam.example")).toBe(false);
  });

  it("of who is let in: others are refused, and what came from there is not shown until they are on it", async () => {
    const note = aNote(scene.mae);
    await arrive(scene.mae, { type: "Create", object: note });
    await approve([note.id]);
    const rules = { commentRule: "first-waits", servers: "listed", reason: "Only friends" };
    expect((await site.post("/admin/moderation/rules", rules, asAda)).headers.location).toContain("saved");
    expect(await shown()).toEqual([]);
    await site.post("/admin/servers/hosts", { host: "elsewhere.localhost", decision: "list", reason: "A friend" }, asAda); // forgets what was kept
    expect(await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) })).toBe("403");
    await site.post("/admin/servers/hosts", { host: "theirs.localhost", decision: "list", reason: "Friends" }, asAda);
    expect(await shown()).toMatchObject([{ uri: note.id }]);
    expect(await arrive(scene.mae, { type: "Create", object: aNote(scene.mae) })).toBe("kept");
  });

  it("of one server: silenced, its comments are away until it is let in again", async () => {
    const note = aNote(scene.eve);
    await arrive(scene.eve, { type: "Create", object: note });
    await approve([note.id]);
    await site.post("/admin/servers/hosts", { host: "evil.localhost", decision: "silence", rejectsReports: "yes", reason: "Loud" }, asAda);
    expect(await shown()).toEqual([]);
    expect((await site.get("/admin/servers", asAda)).body).toMatch(/evil\.localhost[\s\S]*Silenced[\s\S]*No reports/);
    await site.post("/admin/servers/hosts", { host: "evil.localhost", decision: "let-in", reason: "Better" }, asAda);
    expect(await shown()).toMatchObject([{ uri: note.id }]);
  });
});

describe("the rules", () => {
  it("are set with a reason, and stand in the log", async () => {
    await site.post("/admin/moderation/rules", { commentRule: "none-waits", servers: "all", reason: "A quiet week" }, asAda);
    expect(await services.comments.getRule()).toBe("none-waits");
    expect((await comment("At once")).kind).toBe("shown");
    expect(await audited("set moderation")).toContainEqual({ subject: "moderation", reason: "A quiet week" });
    await site.post("/admin/moderation/threads", { type: "Post", id: String(scene.source.id), isClosed: "yes" }, asAda);
    expect((await comment("Too late")).kind).toBe("closed");
    expect((await site.post("/admin/moderation/threads", { type: "Post", id: "999999", isClosed: "yes" }, asAda)).statusCode).toBe(404);
  });
});
