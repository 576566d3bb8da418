import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FragmentSubject } from "../../../shared/contracts/fragments.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { openTestApp, type TestApp } from "../../../tests/app.ts";
import { aCertificate } from "../../../tests/builders/certificates.ts";
import { aCalendar, aTicketedEntry, aTicketOf } from "../../../tests/builders/holdings.ts";
import { aMember } from "../../../tests/builders/publication.ts";
import { signedIn } from "../../../tests/builders/signed-in.ts";

const AUTHORITY = { CN: "An authority for tests" };
const authority = aCertificate(AUTHORITY);
const own = aCertificate({ UID: "pass.org.example.tickets", CN: "Tickets", OU: "TEAM123456" }, { subject: AUTHORITY, ...authority });
const WALLET = { WALLET_CERTIFICATE: own.certificate, WALLET_KEY: own.key, WALLET_AUTHORITY: authority.certificate };
const CODE = "WARDS-AAAAA-BBBBB";
const HOSTILE = `Robin "'><script>alert(1)</script> (endobj) \u202e\\`;

describe.each([
  ["without a certificate", {}],
  ["with one", WALLET],
])("the ways to a ticket on paper and as a pass, %s", (_, env) => {
  const hasWallet = Object.keys(env).length > 0;
  let events: TestApp;
  let [ada, kim, zoe] = [0, 0, 0] as unknown as [UserId, UserId, UserId];
  beforeAll(async () => {
    events = await openTestApp("events", { env });
    const { db } = events;
    ada = await aMember(db, { handle: "ada" });
    kim = await aMember(db, { handle: "kim" });
    zoe = await aMember(db, { handle: "zoe" });
    const typeId = await aTicketedEntry(db, await aCalendar(db), { slug: "supper", inHours: 50 });
    await aTicketOf(db, kim, { typeId, code: CODE, holderName: HOSTILE });
    await db.execute(sql`insert into guardianships (guardian_id, ward_id, state) values (${ada}, ${kim}, 'active')`);
  }, 60_000);
  afterAll(() => events.close());

  const piece = async (subject: FragmentSubject, code = CODE) => {
    const authorization = `Bearer ${await makeFragmentTokens("account", events.app.runtime.keys).sign("events", subject)}`;
    const payload = { wants: [{ type: "ticket-papers", params: { code } }] };
    const answer = await events.app.inject({ method: "POST", url: "/internal/fragments", payload, headers: { authorization } });
    return answer.json().pieces[0].html?.trim() ?? "";
  };
  const user = (userId: UserId) => ({ kind: "user", userId }) as const;

  it("are shown to the holder and to whoever looks after them, a pass only where it can be signed", async () => {
    for (const reader of [kim, ada]) {
      const html = await piece(user(reader));
      expect(html).toContain(`/tickets/${CODE}/ticket.pdf`);
      expect(html.includes("ticket.pkpass")).toBe(hasWallet);
    }
  });

  it("are nothing to anybody else, of no ticket, and of none that counts", async () => {
    for (const subject of [user(zoe), { kind: "public" } as const]) expect(await piece(subject)).toBe("");
    expect(await piece(user(kim), "NOBODY-AAAAA")).toBe("");
    expect(await piece(user(kim), "../../orders")).toBe("");
  });

  it("lead to both for a guardian, whatever the ward is called, until they are none any more", { timeout: 60_000 }, async () => {
    const cookies = await signedIn(events, "events", ada);
    const paper = await events.get(`/tickets/${CODE}/ticket.pdf`, { cookies });
    expect([paper.statusCode, paper.body.slice(0, 5)]).toEqual([200, "%PDF-"]);
    const pass = await events.get(`/tickets/${CODE}/ticket.pkpass`, { cookies });
    expect([pass.statusCode, pass.body.slice(0, 2)]).toEqual(hasWallet ? [200, "PK"] : [404, "\n<"]);
    const page = await events.get(`/tickets/${CODE}`, { cookies });
    expect(page.body).not.toContain("<script>alert");
    expect(page.body).not.toContain("Give it to somebody else");
    expect((await events.post(`/tickets/${CODE}/return`, {}, { cookies })).headers.location).toContain("ticket-closed");
    await events.db.execute(sql`update guardianships set state = 'ended'`);
    for (const path of ["", "/qr.svg", "/ticket.pdf", "/ticket.pkpass"])
      expect((await events.get(`/tickets/${CODE}${path}`, { cookies })).statusCode).toBe(404);
  });
});
