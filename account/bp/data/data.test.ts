import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import type { ErasureId, UserId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";
import { safeName } from "../../export/export-files.ts";
import { undoPath } from "../../undo-link.ts";

const DAY_MS = 86_400_000;
let now = new Date();
const account = await openTestApp("account", { clock: { now: () => now } });
afterAll(() => account.close());
const { db, services } = account;

async function aSignedInMember(handle: string): Promise<{ userId: UserId; cookies: Record<string, string> }> {
  const userId = await aMember(db, { handle, name: handle });
  await db.execute(
    sql`insert into user_emails (email, user_id, is_primary, verified_at) values (${`${handle}@quince.example`}, ${userId}, true, now())`,
  );
  return { userId, cookies: await signedIn(account, "account", userId) };
}
const ada = await aSignedInMember("ada");
const bilal = await aSignedInMember("bilal");

describe("the archive of a member", { timeout: 60_000 }, () => {
  const ask = async (who: { cookies: Record<string, string> }) => {
    expect((await account.post("/data/exports", {}, who)).headers.location).toContain("export-ready");
    return /\/data\/exports\/[0-9a-f-]+\.zip/.exec((await account.get("/data", who)).body)?.[0] ?? expect.fail();
  };

  it("holds what is theirs, as JSON and as tables without formulas, with their files under harmless names", async () => {
    await db.execute(sql`update users set bio = '=HYPERLINK("http://evil.example")', name = '<script>x</script>' where id = ${ada.userId}`);
    await db.execute(
      sql`insert into orders (reference, user_id, total_minor, buyer_name) values ('R-1', ${ada.userId}, 1260, '@SUM(1)'), ('R-2', ${bilal.userId}, 1, 'Bilal')`,
    );
    for (const [index, name] of ["../../../etc/passwd", "C:\\\\con.exe", "a\u202egnp.exe", "", "x".repeat(500)].entries()) {
      const { sha256 } = await account.app.runtime.media.put(Readable.from([Buffer.from(`picture ${index}`)]), "png");
      await db.execute(sql`
        with made as (insert into media (sha256, content_type, byte_length, name) values (${sha256}, 'image/png', 9, ${name}) returning id)
        insert into uploads (media_id, user_id) select id, ${ada.userId} from made`);
    }
    const answer = await account.get(await ask(ada), ada);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/zip"]);
    const folder = mkdtempSync(join(tmpdir(), "export-"));
    writeFileSync(join(folder, "all.zip"), answer.rawPayload);
    execFileSync("python3", ["-m", "zipfile", "-t", "all.zip"], { cwd: folder });
    execFileSync("python3", ["-m", "zipfile", "-e", "all.zip", "out"], { cwd: folder });
    const read = (path: string) => readFileSync(join(folder, "out", path), "utf8");
    expect(JSON.parse(read("federation/profile.json"))).toMatchObject([{ handle: "ada", bio: '=HYPERLINK("http://evil.example")' }]);
    expect(read("federation/profile.csv")).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
    expect(JSON.parse(read("cart/orders.json"))).toMatchObject([{ reference: "R-1", total_minor: 1260 }]);
    expect(read("cart/orders.csv")).toContain("'@SUM(1)");
    expect(read("federation/mail-addresses.csv")).toContain("ada@quince.example");
    expect(read("README.txt")).toContain("/settings/data");
    expect(readdirSync(join(folder, "out", "files")).toSorted()).toEqual([
      "0001-etc-passwd.png",
      "0002-C-con.png",
      "0003-a-gnp.png",
      "0004-file.png",
      `0005-${"x".repeat(60)}.png`,
    ]);
    expect(read("files/0001-etc-passwd.png")).toBe("picture 0");
    expect(readdirSync(join(folder, "out")).toSorted()).toEqual(["README.txt", "account", "blog", "cart", "federation", "files"]);
    rmSync(folder, { recursive: true });
  });

  it("is nowhere for anybody else, by a guessed address, after its days, and without a sign-in", async () => {
    const path = await ask(bilal);
    expect((await account.get(path, ada)).statusCode).toBe(404);
    for (const file of [
      "x.zip",
      "00000000-0000-0000-0000-000000000000.zip",
      "..%2f..%2fetc%2fpasswd",
      "%27%20or%201=1.zip",
      path.slice(14, -4),
    ])
      expect((await account.get(`/data/exports/${file}`, bilal)).statusCode).toBe(404);
    expect((await account.get(path)).headers.location).toContain("/auth/login");
    const before = now;
    now = new Date(now.getTime() + 8 * DAY_MS);
    expect((await account.get(path, { cookies: await fresh(bilal.userId) })).statusCode).toBe(404);
    await db.transaction((tx) => services.personalData.forgetExports(tx, now));
    now = before;
    expect((await db.execute(sql`select from data_exports`)).rows).toEqual([]);
  });

  it("is asked for five times a day, and no more", async () => {
    const cora = await aSignedInMember("cora");
    for (let time = 0; time < 5; time += 1) await ask(cora);
    expect((await account.post("/data/exports", {}, cora)).headers.location).toContain("export-enough");
  });

  it.each([
    ["CON", "a.png", "CON.png"],
    ["<img src=x>", "a.svg", "img-src-x.svg"],
    ["ünïcode.tar.gz", "a.pdf", "unicode-tar.pdf"],
  ])("calls %j %s", (name, store, safe) => {
    expect(safeName(name, store)).toBe(safe);
  });
});

/** A session that has not ended by the clock of the test. */
async function fresh(userId: UserId): Promise<Record<string, string>> {
  const cookies = await signedIn(account, "account", userId);
  await db.execute(sql`update sessions set expires_at = ${new Date(now.getTime() + DAY_MS).toISOString()} where user_id = ${userId}`);
  return cookies;
}

describe("being forgotten", { timeout: 60_000 }, () => {
  const openOf = async (userId: UserId) => (await services.erasures.findOpen(userId)) ?? expect.fail();
  const linkOf = async (id: ErasureId) => undoPath(account.app.runtime.secretOf, (await services.erasures.find(id)) ?? expect.fail());

  it("says before what goes and which orders are kept until when, with the proof; of one's own orders alone", async () => {
    const { body } = await account.get("/data/erasure", ada);
    const year = new Date().getUTCFullYear() + 7;
    expect(body).toMatch(new RegExp(`<b>1 order</b> is kept until <time[^>]*>[^<]*1 January ${year}`));
    expect(body).not.toContain("<script>x");
    const proof = await account.get("/data/kept/R-1", ada);
    expect(proof.body).toContain("the books of");
    expect((await account.get("/data/kept/R-2", ada)).statusCode).toBe(404);
    expect((await account.get("/data/erasure")).headers.location).toContain("/auth/login");
    expect((await account.post("/data/erasure", { name: "ada" })).statusCode).toBe(401);
  });

  it("needs one's handle, is noted once, and undone by who is signed in", async () => {
    const wrong = await account.post("/data/erasure", { name: "bilal", posts: "remove" }, ada);
    expect([wrong.statusCode, wrong.body.includes("Type ada")]).toEqual([422, true]);
    expect((await account.post("/data/erasure", { name: "@Ada" }, ada)).headers.location).toContain("erasure-asked");
    expect((await account.post("/data/erasure", { name: "ada" }, ada)).headers.location).toContain("erasure-before");
    expect((await account.get("/data", ada)).body).toContain("You will be forgotten on");
    expect((await account.post("/data/erasure/undo", {}, bilal)).headers.location).toContain("not-there-now");
    expect((await account.post("/data/erasure/undo", {}, ada)).headers.location).toContain("erasure-undone");
    expect((await account.post("/data/erasure/undo", {}, ada)).headers.location).toContain("not-there-now");
  });

  it("is undone by the link of its mail, which a scanner that follows it does not use up, and by no other", async () => {
    await account.post("/data/erasure", { name: "ada" }, ada);
    const { id } = await openOf(ada.userId);
    await account.post("/data/erasure", { name: "bilal" }, bilal);
    const [link, others] = [await linkOf(id), await linkOf((await openOf(bilal.userId)).id)];
    const signature = link.split("/").at(-1) ?? "";
    const forged = [
      `/data/undo/${id}/x`,
      `/data/undo/${id}/${"A".repeat(43)}`,
      `/data/undo/${id}/${others.split("/").at(-1)}`,
      `/data/undo/999999/${signature}`,
      `/data/undo/-1/${signature}`,
      `/data/undo/1e99/${signature}`,
    ];
    for (const path of forged) {
      for (const { statusCode } of [await account.get(path), await account.post(path, {})]) expect([400, 404], path).toContain(statusCode);
    }
    expect((await account.get(link)).body).toContain("Undo it: I stay");
    expect((await openOf(ada.userId)).state).toBe("asked");
    expect((await account.post(link, {}, { headers: { origin: "http://evil.example" } })).statusCode).toBe(403);
    expect((await account.post(link, {})).statusCode).toBe(303);
    expect((await account.get(link)).body).toContain("It is undone");
    await account.post("/data/erasure", { name: "ada" }, ada);
    const again = await openOf(ada.userId);
    await account.post(link, {}); // the link of the one before
    expect((await openOf(ada.userId)).id).toBe(again.id);
    await account.post("/data/erasure/undo", {}, ada);
  });

  it("comes too late for its link once it began", async () => {
    const late = await aSignedInMember("late");
    await account.post("/data/erasure", { name: "late" }, late);
    const { id } = await openOf(late.userId);
    const before = now;
    now = new Date(now.getTime() + 15 * DAY_MS);
    expect(await account.app.transaction((tx) => services.erasures.begin(tx, id))).toBe("begun");
    now = before;
    const link = await linkOf(id);
    await account.post(link, {});
    expect((await account.get(link)).body).toContain("It is too late");
    expect((await account.get("/data", late)).headers.location).toContain("/auth/login"); // their session has ended
  });

  it("lets orders go whose books have closed, and keeps those that somebody holds", async () => {
    const { rows } = await db.execute<{ id: string }>(sql`
      with who as (insert into users (handle, name, erased_at) values ('former-member-9', 'Former member', now()) returning id),
        asked as (insert into erasures (user_id, former, due_at, state, begun_at) select id, 'former-member-9', now(), 'finished', now() from who)
      insert into orders (reference, user_id, total_minor, created_at)
      select reference, id, 1, now() - make_interval(years => age) from who, (values ('K-1', 0), ('K-2', 9), ('K-3', 9)) as made (reference, age) returning id`);
    const held = Number(rows[2]?.id);
    await db.execute(sql`
      insert into relation_facts (relation, arguments, asserted_by)
      select 'account.must_keep', jsonb_build_array('user:' || user_id, 'order:' || id), 'app:account' from orders where id = ${held}`);
    expect(await db.transaction((tx) => services.erasures.releaseBooks(tx))).toBe(1);
    const { rows: left } = await db.execute(
      sql`select reference from orders where reference like 'K-%' and user_id is not null order by 1`,
    );
    expect(left).toEqual([{ reference: "K-1" }, { reference: "K-3" }]);
  });
});

describe("erasures behind the counter", { timeout: 60_000 }, () => {
  it("are for who may operate the whole site, tell nobody's name, and take letters with a reason that goes to the log", async () => {
    const [steward, plain] = [await aSignedInMember("steward"), await aSignedInMember("zo-letter")];
    await db.execute(sql`
      insert into relation_facts (relation, arguments, asserted_by) values ('shared.role', ${JSON.stringify([`user:${steward.userId}`, "admin", "site"])}::jsonb, 'app:account')`);
    for (const path of ["/admin/erasures", "/admin/erasures/1"]) {
      expect((await account.get(path, plain)).statusCode).toBe(404);
      expect((await account.get(path)).statusCode).toBe(404);
    }
    expect((await account.post("/admin/erasures", { email: "ada@quince.example", reason: "Because" }, plain)).statusCode).toBe(404);
    const letter = { email: "zo-letter@quince.example", reason: "Letter of 3 May", posts: "remove", comments: "keep" };
    expect((await account.post("/admin/erasures", { ...letter, reason: "" }, steward)).statusCode).toBe(422);
    expect((await account.post("/admin/erasures", { ...letter, email: "nobody@quince.example" }, steward)).body).toContain(
      "No member has this address",
    );
    expect((await account.post("/admin/erasures", letter, steward)).headers.location).toContain("erasure-asked");
    expect((await account.post("/admin/erasures", letter, steward)).headers.location).toContain("erasure-before");
    expect(await services.erasures.findOpen(plain.userId)).toMatchObject({ isByLetter: true, keepsPosts: false, keepsComments: true });
    expect((await account.get("/data", plain)).body).toContain("A steward asked for this in your name");
    const { rows } = await db.execute(sql`select reason, subject from audit_entries where action = 'ask erasure'`);
    expect(rows).toEqual([{ reason: "Letter of 3 May", subject: `user:${plain.userId}` }]);
    const { body } = await account.get("/admin/erasures", steward);
    expect(body).toContain(`of member ${plain.userId}`);
    expect(body).not.toContain("zo-letter");
  });

  it("show what failed without what it was about, and try it again", async () => {
    const { rows: admins } = await db.execute<{ id: string }>(sql`select id from users where handle = 'steward'`);
    const steward = { cookies: await signedIn(account, "account", Number(admins[0]?.id) as UserId) };
    const failing = await aSignedInMember("zo-failing");
    await account.post("/data/erasure", { name: "zo-failing" }, failing);
    const { id } = (await services.erasures.findOpen(failing.userId)) ?? expect.fail();
    await db.execute(sql`update erasures set due_at = now() - interval '1 day' where id = ${id}`);
    expect(await account.app.transaction((tx) => services.erasures.begin(tx, id))).toBe("begun");
    await db.execute(sql`
      update ap_activity_handlings set state = 'dead', settled_at = now(), attempts = 12, last_error = E'Error: the row of zo-failing@quince.example\\nat x'
      where object_type = 'Erasure' and object_id = ${String(id)} and handler = 'cart.forget-person'`);
    const page = await account.get(`/admin/erasures/${id}`, steward);
    expect(page.body).toContain("Something failed");
    expect(page.body).not.toContain("zo-failing");
    expect((await account.post(`/admin/erasures/${id}/retry`, {}, steward)).headers.location).toContain("erasure-retried");
    expect((await account.post(`/admin/erasures/${id}/retry`, {}, steward)).headers.location).toContain("not-there-now");
    const { rows } = await db.execute(
      sql`select state from ap_activity_handlings where object_id = ${String(id)} and handler = 'cart.forget-person'`,
    );
    expect(rows).toEqual([{ state: "pending" }]);
  });
});
