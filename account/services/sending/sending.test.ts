import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { LetterId, NewsletterId } from "../../../shared/models/ids.ts";
import { openTestApp, TEST_SECRET, type TestApp } from "../../../tests/app.ts";
import { type MailSink, openMailSink } from "../../../tests/builders/mail-sink.ts";
import { until } from "../../../tests/builders/outbox.ts";

let account: TestApp;
let sink: MailSink;
let list: NewsletterId;
const children: ChildProcess[] = [];

beforeAll(async () => {
  account = await openTestApp("account");
  sink = await openMailSink();
});
afterAll(async () => {
  await account.close();
  await sink.close();
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
});

/** The very process that the service forks, on this database and this mail server. */
function sender(env: Record<string, string> = {}): ChildProcess {
  const child = fork(join(import.meta.dirname, "worker.ts"), {
    env: {
      ...process.env,
      ...{ DATABASE_URL: account.app.runtime.config.DATABASE_URL, DEPLOYMENT_SECRET: TEST_SECRET, MAIL_URL: sink.url, PORT: "0" },
      ...{ LETTERS_PER_SECOND: "1000", LETTERS_CONNECTIONS: "4", LETTERS_BOUNCES: "back@rose-ash.example", ...env },
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  return child;
}

/** A letter that is on its way to so many readers. */
async function aLetter(readers: number, subject = "Bread"): Promise<LetterId> {
  sink.forget();
  await account.db.execute(sql`truncate newsletters, subscribers, newsletter_suppressions restart identity cascade`);
  await account.db.execute(sql`insert into newsletters (slug, name) values ('house', 'The house letter')`);
  list = 1 as NewsletterId;
  await account.db.execute(sql`
    insert into subscribers (email, name) select 'reader' || n || '@readers.example', 'Reader ' || n from generate_series(1, ${readers}) n`);
  await account.db.execute(sql`
    insert into newsletter_subscriptions (subscriber_id, newsletter_id, state, source) select id, 1, 'subscribed', 'site' from subscribers`);
  const { letters } = account.services;
  const text = { preheader: "", html: "<p>The oven is <b>hot</b>.</p>", plaintext: "The oven is hot.", language: "en", audience: null };
  const made = await account.app.transaction(async (tx) => {
    const id = await letters.draft(tx, { ...text, subject, newsletterId: list, postId: null, by: null });
    await letters.schedule(tx, id, { at: null, by: null });
    expect(await letters.beginDue(tx, new Date(Date.now() + 60_000))).toBe(1);
    return id;
  });
  await isFree();
  return made;
}

/** Whoever was killed may hold the lock until PostgreSQL notices; a service looks again, too. */
const isFree = () => until(() => account.services.letters.isWorkWaiting());

const progress = async (id: LetterId) => (await account.services.letters.getLetter(id)).progress;
const isSent = async (id: LetterId) => (await account.services.letters.getLetter(id)).state === "sent";

describe("sending a letter", { timeout: 120_000 }, () => {
  it("brings it to each reader once, with what ends it and what it is known by when it comes back", async () => {
    const id = await aLetter(30);
    sender();
    await until(() => isSent(id));
    expect(sink.recipients().toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => `reader${n + 1}@readers.example`).toSorted());
    const [mail = expect.fail()] = sink.mails();
    expect(mail.headers["list-unsubscribe"]).toMatch(/^<http:\/\/account\.[^>]+\/letters\/leave\/\d+-1-1-[0-9a-f]{24}>$/);
    expect(mail.headers["list-unsubscribe-post"]).toBe("List-Unsubscribe=One-Click");
    expect(mail.headers["list-id"]).toMatch(/^<house\.letters\./);
    expect(mail.from).toMatch(/^back\+1-\d+-[0-9a-f]{24}@rose-ash\.example$/);
    expect(mail.headers["x-letter"]).toBe(/\+(.*)@/.exec(mail.from)?.[1]);
    expect(mail.text).toContain("The oven is hot.");
    expect(await progress(id)).toMatchObject({ readers: 30, sent: 30, waiting: 0 });
  });

  it("killed with SIGKILL over and over loses nobody, and repeats only what each connection had in hand, under the same id", async () => {
    const [readers, connections, kills] = [120, 4, 4];
    const id = await aLetter(readers);
    sink.slow(15);
    for (let kill = 1; kill <= kills; kill++) {
      const child = sender();
      await until(() => sink.mails().length >= kill * 20);
      child.kill("SIGKILL");
      await once(child, "exit");
      await isFree();
    }
    sink.slow(0);
    sender();
    await until(() => isSent(id));
    const byReader = Map.groupBy(sink.mails(), ({ to }) => to);
    expect(byReader.size).toBe(readers);
    const repeated = [...byReader.values()].filter((copies) => copies.length > 1);
    expect(sink.mails().length - readers).toBeLessThanOrEqual(kills * connections);
    for (const copies of byReader.values()) expect(new Set(copies.map(({ headers }) => headers["message-id"])).size).toBe(1);
    expect(repeated.length).toBeLessThanOrEqual(kills * connections);
    expect(await progress(id)).toMatchObject({ sent: readers, waiting: 0, refused: 0 });
  });

  it("is done by one process alone, however many begin", async () => {
    const id = await aLetter(40);
    sink.slow(10);
    await Promise.all([sender(), sender()].map((child) => once(child, "exit")));
    sink.slow(0);
    expect(await isSent(id)).toBe(true);
    expect(sink.mails()).toHaveLength(40);
  });

  it("waits for a mail server that is away, says so, and loses nobody by it", async () => {
    const id = await aLetter(5);
    await sink.down();
    sender();
    await until(async () => (await account.services.letters.getLetter(id)).trouble !== "");
    expect(await progress(id)).toMatchObject({ sent: 0, waiting: 5 });
    await sink.up();
    await account.db.execute(sql`update letter_deliveries set due_at = now() where state = 'waiting'`);
    await until(() => isSent(id));
    expect(sink.recipients()).toHaveLength(5);
    expect((await account.services.letters.getLetter(id)).trouble).toBe("");
  });

  it("stops for good at a mailbox that does not exist, comes again later where it is told to, and goes on with the rest", async () => {
    const id = await aLetter(6);
    sink.answer((to) => {
      if (to.startsWith("reader1@")) return "550 5.1.1 <reader1@readers.example> no such user";
      if (to.startsWith("reader2@")) return "451 4.7.1 greylisted, come again";
      if (to.startsWith("reader3@")) return "550 5.7.1 we do not like you";
      return null;
    });
    sender();
    await until(async () => (await progress(id)).waiting === 1);
    expect(await progress(id)).toMatchObject({ sent: 3, refused: 2, waiting: 1, repeated: 1 });
    const { rows } = await account.db.execute<{ email: string; reply: string; dead: boolean }>(sql`
      select s.email, d.reply, x.reason is not null as dead from letter_deliveries d join subscribers s on s.id = d.subscriber_id
      left join newsletter_suppressions x on x.address_hash = encode(sha256(convert_to(s.email, 'UTF8')), 'hex') where s.id <= 3 order by s.id`);
    expect(rows).toEqual([
      { email: "reader1@readers.example", reply: "550 5.1.1", dead: true },
      { email: "reader2@readers.example", reply: "451 4.7.1", dead: false },
      { email: "reader3@readers.example", reply: "550 5.7.1", dead: false },
    ]);
    sink.answer(() => null);
    await account.db.execute(sql`update letter_deliveries set due_at = now() where state = 'waiting'`);
    await until(() => isSent(id));
    expect(sink.recipients()).toContain("reader2@readers.example");
  });

  it("pauses itself where everybody is refused: then it is not the readers", async () => {
    const id = await aLetter(60);
    sink.answer(() => "554 5.7.1 your server is on a list");
    sender();
    await until(async () => (await account.services.letters.getLetter(id)).state === "paused");
    sink.answer(() => null);
    const { refused, waiting } = await progress(id);
    expect(refused).toBeLessThan(40);
    expect(waiting).toBeGreaterThan(20);
    expect(await account.services.newsletters.getSuppressionFigures()).toMatchObject({ bounced: 0 });
  });

  it("leaves out who unsubscribed or was erased while it goes out, from that moment on", async () => {
    const id = await aLetter(40);
    sink.slow(20);
    sender({ LETTERS_CONNECTIONS: "1" });
    await until(() => sink.mails().length >= 3);
    await account.app.transaction(async (tx) => {
      await account.services.newsletters.leave(tx, { subscriberId: 39 as never, newsletterId: list, textVersion: "one-click-1" });
      await account.services.newsletters.suppress(tx, 38 as never, "complained");
      await tx.execute(sql`delete from subscribers where id = 40`);
    });
    await until(() => isSent(id));
    sink.slow(0);
    for (const n of [38, 39, 40]) expect(sink.recipients()).not.toContain(`reader${n}@readers.example`);
    expect(await progress(id)).toMatchObject({ readers: 40, sent: 37, leftOut: 2, gone: 1 });
  });

  it("goes out while nothing is paused only: neither the site nor the letter", async () => {
    const id = await aLetter(4);
    await account.db.execute(sql`update outgoing_state set paused_at = now()`);
    const child = sender();
    await once(child, "exit");
    expect(sink.mails()).toEqual([]);
    expect(await account.services.letters.isWorkWaiting()).toBe(false);
    await account.db.execute(sql`update outgoing_state set paused_at = null`);
    await account.db.execute(sql`update letters set state = 'paused'`);
    await once(sender(), "exit");
    expect(sink.mails()).toEqual([]);
    await account.db.execute(sql`update letters set state = 'cancelled', finished_at = now()`);
    await once(sender(), "exit");
    expect(sink.mails()).toEqual([]);
    expect(await progress(id)).toMatchObject({ sent: 0, waiting: 4 });
  });

  it("ends in order when it is told to, with what it has in hand written down", async () => {
    const id = await aLetter(50);
    sink.slow(20);
    const child = sender();
    await until(() => sink.mails().length >= 5);
    child.kill("SIGTERM");
    await once(child, "exit");
    sink.slow(0);
    const { sent, waiting } = await progress(id);
    expect(sent).toBe(sink.mails().length);
    expect(sent + waiting).toBe(50);
  });

  it("lets nothing in a name or subject begin another line of the head, and writes to addresses beyond ASCII", async () => {
    const id = await aLetter(2, "Bread\r\nBcc: victim@example.org");
    await account.db.execute(sql`update subscribers set name = E'Ada\r\nBcc: victim@example.org' where id = 1`);
    await account.db.execute(sql`update subscribers set email = 'ada@xn--bckerei-5wa.example', name = 'Jürgen "J" <x@y>' where id = 2`);
    sender();
    await until(() => isSent(id));
    expect(sink.recipients().toSorted()).toEqual(["ada@xn--bckerei-5wa.example", "reader1@readers.example"]);
    for (const mail of sink.mails()) {
      expect(mail.headers["bcc"]).toBeUndefined();
      expect(mail.headers["subject"]).toBe("Bread Bcc: victim@example.org");
    }
  });
});

describe("whom a letter goes to", () => {
  it("is a part of its list by label and by group, and of a text for a group nobody outside of it", async () => {
    const id = await aLetter(4);
    await account.db.execute(sql`
      with ada as (insert into users (handle, name) values ('ada', 'Ada') returning id)
      insert into user_emails (email, user_id, is_primary, verified_at) select 'reader1@readers.example', id, true, now() from ada`);
    await account.db.execute(sql`
      with label as (insert into member_labels (name) values ('Bakers') on conflict (name) do update set name = excluded.name returning id)
      insert into subscriber_labels (subscriber_id, label_id, source) select n, label.id, 'ghost' from label, generate_series(1, 2) n`);
    const count = async (change: ReturnType<typeof sql>) => {
      await account.db.execute(sql`update letters set label_id = null, group_name = null, audience = null`);
      await account.db.execute(sql`update letters set ${change}`);
      return account.services.letters.countReaders(id);
    };
    expect(await count(sql`label_id = (select id from member_labels)`)).toBe(2);
    expect(await count(sql`group_name = 'coop'`)).toBe(1);
    expect(await count(sql`audience = 'coop'`)).toBe(1);
    expect(await count(sql`audience = 'bakers'`)).toBe(0);
    expect(await count(sql`label_id = null`)).toBe(4);
  });

  it("is written down once, however often somebody presses and however many processes look", async () => {
    const id = await aLetter(3);
    const { letters } = account.services;
    const text = { preheader: "", html: "<p>x</p>", plaintext: "x", language: "en", audience: null, subject: "Twice" };
    const second = await account.app.transaction((tx) => letters.draft(tx, { ...text, newsletterId: list, postId: null, by: null }));
    const press = () => account.app.transaction((tx) => letters.schedule(tx, second, { at: null, by: null }));
    expect((await Promise.all([press(), press(), press()])).filter(Boolean)).toHaveLength(1);
    const begin = () => account.app.transaction((tx) => letters.beginDue(tx, new Date(Date.now() + 60_000)));
    expect((await Promise.all([begin(), begin(), begin()])).reduce((sum, n) => sum + n)).toBe(1);
    expect(await progress(second)).toMatchObject({ readers: 3, waiting: 3 });
    expect(await account.app.transaction((tx) => letters.schedule(tx, id, { at: null, by: null }))).toBe(false);
  });
});
