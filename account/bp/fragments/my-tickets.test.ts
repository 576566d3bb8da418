import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { FragmentSubject } from "../../../shared/contracts/fragments.ts";
import type { UserId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { aCalendar, aTicketedEntry, aTicketOf } from "../../../tests/builders/holdings.ts";
import { aMember } from "../../../tests/builders/publication.ts";

const account = await openTestApp("account");
afterAll(() => account.close());
let [ada, kim] = [0, 0] as unknown as [UserId, UserId];

beforeAll(async () => {
  const { db } = account;
  ada = await aMember(db, { handle: "ada", name: "Ada" });
  kim = await aMember(db, { handle: "kim", name: "Kim" });
  const calendarId = await aCalendar(db);
  const later = await aTicketedEntry(db, calendarId, { slug: "later", title: "Later", inHours: 90 });
  const soon = await aTicketedEntry(db, calendarId, { slug: "soon", title: "Soon <script>alert(1)</script>", inHours: 9 });
  const past = await aTicketedEntry(db, calendarId, { slug: "past", title: "Past", inHours: -90 });
  for (const [code, typeId] of [
    ["LATER-AAAAA", later],
    ["SOON-AAAAA", soon],
    ["PAST-AAAAA", past],
  ] as const)
    await aTicketOf(db, ada, { typeId, code });
}, 60_000);

async function piece(subject: FragmentSubject, limit: number): Promise<string> {
  const authorization = `Bearer ${await makeFragmentTokens("events", account.app.runtime.keys).sign("account", subject)}`;
  const payload = { wants: [{ type: "my-tickets", params: { limit } }] };
  const answer = await account.app.inject({ method: "POST", url: "/internal/fragments", payload, headers: { authorization } });
  return answer.json().pieces[0].html?.trim() ?? "";
}

it("shows the next tickets of the reader, with the way to their codes, and how many more there are", async () => {
  const html = await piece({ kind: "user", userId: ada }, 1);
  for (const words of ["/tickets/SOON-AAAAA", "Code for the door", "1 more ticket"]) expect(html).toContain(words);
  for (const words of ["LATER-AAAAA", "PAST-AAAAA", "<script>"]) expect(html).not.toContain(words);
});

it("is nothing for who has none, and for whom nobody knows", async () => {
  expect(await piece({ kind: "user", userId: kim }, 3)).toBe("");
  expect(await piece({ kind: "public" }, 3)).toBe("");
});
