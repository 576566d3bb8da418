import { createHash, verify, X509Certificate } from "node:crypto";
import { crc32 } from "node:zlib";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aCertificate } from "../../../tests/builders/certificates.ts";
import { schema } from "../../config/schema.ts";
import { readTlv } from "./der.ts";

const AUTHORITY = { CN: "An authority for tests" };
const authority = aCertificate(AUTHORITY);
const own = aCertificate({ UID: "pass.org.example.tickets", CN: "Tickets", OU: "TEAM123456" }, { subject: AUTHORITY, ...authority });
const WALLET = { WALLET_CERTIFICATE: own.certificate, WALLET_KEY: own.key, WALLET_AUTHORITY: authority.certificate };
const CODE = "ABCDE-FGHJK-MNPQR-STVWX";

async function withTicket(env: Record<string, string>): Promise<TestApp> {
  const app = await openTestApp("events", { env });
  await app.db.execute(
    sql`insert into calendars (slug, name, colour, zone, position) values ('dairy', 'Dairy', 'leaf', 'Europe/London', 1)`,
  );
  await app.db.execute(sql`insert into calendar_entries (calendar_id, slug, title, place, starts_at, ends_at, zone, status)
    select id, 'supper', 'Käse & <b>Supper</b>', 'Hall', now() + interval '3 days', now() + interval '3 days 2 hours', zone, 'confirmed' from calendars`);
  await app.db.execute(sql`insert into occurrences (entry_id, calendar_id, key, starts_at, ends_at)
    select id, calendar_id, '20301120T183000Z', starts_at, ends_at from calendar_entries on conflict do nothing`);
  await app.db.execute(
    sql`insert into ticket_types (entry_id, name, price_minor, position) select id, 'Chair', 0, 1 from calendar_entries`,
  );
  await app.db.execute(
    sql`insert into tickets (ticket_type_id, email, holder_name, code) select id, 'g@example.org', 'Grace', ${CODE} from ticket_types`,
  );
  return app;
}

/** The files of a zip whose files are stored as they are, by its local headers; each has the checksum that stands there. */
function filesOf(zip: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let at = 0;
  while (zip.toString("latin1", at, at + 4) === "PK\x03\x04") {
    const [size, nameLength] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26)];
    const start = at + 30 + nameLength;
    const bytes = zip.subarray(start, start + size);
    expect(crc32(bytes)).toBe(zip.readUInt32LE(at + 14));
    files.set(zip.toString("utf8", at + 30, start), bytes);
    at = start + size;
  }
  expect(zip.toString("latin1", at, at + 4)).toBe("PK\x01\x02");
  expect(zip.readUInt16LE(zip.length - 12)).toBe(files.size);
  return files;
}

/** What SignedData says: the certificates, the attributes as they were signed, and the signature. */
function readSignature(bytes: Buffer) {
  const message = readTlv(readTlv(readTlv(readTlv(bytes).content).rest).content);
  const parts = childrenOf(message.content);
  const [signer] = childrenOf(parts[4]?.content ?? Buffer.of());
  const fields = childrenOf(signer?.content ?? Buffer.of());
  const signed = Buffer.from(fields[3]?.whole ?? []);
  signed[0] = 0x31; // RFC 5652, 5.4
  return {
    certificates: childrenOf(parts[3]?.content ?? Buffer.of()).map(({ whole }) => whole),
    issuerAndSerial: fields[1]?.whole,
    signed,
    signature: fields[5]?.content ?? Buffer.of(),
  };
}

function childrenOf(content: Buffer): ReturnType<typeof readTlv>[] {
  const children = [];
  for (let left = content; left.length > 0; left = children.at(-1)?.rest ?? Buffer.of()) children.push(readTlv(left));
  return children;
}

describe("a ticket for Apple Wallet", { timeout: 60_000 }, () => {
  let events: TestApp;
  beforeAll(async () => {
    events = await withTicket(WALLET);
  });
  afterAll(() => events.close());

  it("is a zip whose manifest has the sum of every file, signed by the pass type's certificate, which its authority issued", async () => {
    const answer = await events.get(`/tickets/${CODE}/ticket.pkpass`);
    expect([answer.statusCode, answer.headers["content-type"]]).toEqual([200, "application/vnd.apple.pkpass"]);
    const files = filesOf(answer.rawPayload);
    const manifest = files.get("manifest.json") ?? expect.fail();
    const sums: Record<string, string> = JSON.parse(manifest.toString());
    const summed = [...files.keys()].filter((name) => name !== "manifest.json" && name !== "signature");
    expect(Object.keys(sums)).toEqual(summed);
    expect(summed).toEqual(["pass.json", "icon.png", "icon@2x.png", "icon@3x.png"]);
    for (const name of summed)
      expect(sums[name]).toBe(
        createHash("sha1")
          .update(files.get(name) ?? "")
          .digest("hex"),
      );
    const { certificates, signed, signature } = readSignature(files.get("signature") ?? expect.fail());
    const [leaf, issuer] = certificates.map((raw) => new X509Certificate(raw));
    expect(leaf?.verify(issuer?.publicKey ?? expect.fail())).toBe(true);
    expect(leaf?.fingerprint256).toBe(new X509Certificate(own.certificate).fingerprint256);
    expect(verify("sha256", signed, leaf?.publicKey ?? expect.fail(), signature)).toBe(true);
    expect(signed.includes(createHash("sha256").update(manifest).digest())).toBe(true);
  });

  it("says what the ticket says, with the code that the door reads", async () => {
    const files = filesOf((await events.get(`/tickets/${CODE}/ticket.pkpass`)).rawPayload);
    const pass = JSON.parse(files.get("pass.json")?.toString() ?? "");
    expect(pass).toMatchObject({
      formatVersion: 1,
      passTypeIdentifier: "pass.org.example.tickets",
      teamIdentifier: "TEAM123456",
      barcodes: [{ message: `${events.origin}/tickets/${CODE}`, altText: CODE }],
      eventTicket: { primaryFields: [{ value: "Käse & <b>Supper</b>" }], auxiliaryFields: [{ value: "Hall" }, { value: "Grace" }] },
    });
    expect(pass.serialNumber).not.toContain(CODE);
    expect((await events.get(`/tickets/${CODE}`)).body).toContain("Into Apple Wallet");
  });

  it("is nobody's whose ticket it is not, and none of a ticket that was given back", async () => {
    expect((await events.get("/tickets/AAAAA-AAAAA/ticket.pkpass")).statusCode).toBe(404);
    await events.db.execute(sql`update tickets set status = 'cancelled'`);
    expect((await events.get(`/tickets/${CODE}/ticket.pkpass`)).statusCode).toBe(404);
    expect((await events.get(`/tickets/${CODE}/ticket.pdf`)).statusCode).toBe(404);
  });
});

describe("without a certificate", { timeout: 60_000 }, () => {
  it("there are no passes, and no page speaks of them", async () => {
    const events = await withTicket({});
    expect((await events.get(`/tickets/${CODE}/ticket.pkpass`)).statusCode).toBe(404);
    expect((await events.get(`/tickets/${CODE}`)).body).not.toContain("Wallet");
    await events.close();
  });

  it.each([
    ["a part of it alone", { WALLET_CERTIFICATE: own.certificate }],
    ["another's key", { ...WALLET, WALLET_KEY: authority.key }],
    ["an authority that did not issue it", { ...WALLET, WALLET_AUTHORITY: aCertificate(AUTHORITY).certificate }],
    ["a certificate of no pass type", { ...WALLET, WALLET_CERTIFICATE: authority.certificate, WALLET_KEY: authority.key }],
    ["something that is no PEM", { ...WALLET, WALLET_KEY: "secret" }],
  ])("or with %s the start stops", (_, env) => {
    const needed = { PORT: "0", DATABASE_URL: "postgres://x", DEPLOYMENT_SECRET: "x".repeat(32), MAIL_URL: "smtp://x" };
    expect(schema.safeParse({ ...needed, ...env }).success).toBe(false);
    expect(schema.safeParse({ ...needed, ...WALLET }).success).toBe(true);
  });
});
