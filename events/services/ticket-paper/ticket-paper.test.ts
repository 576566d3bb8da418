import { afterAll, expect, it } from "vitest";
import type { TicketPage } from "../../../shared/contracts/tickets.ts";
import type { TicketId } from "../../../shared/models/ids.ts";
import { openTestApp } from "../../../tests/app.ts";
import { drawTicket } from "./draw.ts";
import { ticketSheet } from "./sheet.ts";

const STYLE = { site: "Rose Ash", locale: "en-GB", url: "https://events.example.org/tickets/ABCDE-FGHJK-MNPQR-STVWX" };

function aTicket(change: Partial<TicketPage> = {}): TicketPage {
  return {
    ...{ id: 1 as TicketId, code: "ABCDE-FGHJK-MNPQR-STVWX", status: "valid", typeName: "Chair", holderName: "Grace Ọláńrewájú" },
    ...{
      answers: [{ label: "What do you eat?", answer: "Vegan" }],
      priceMinor: 850,
      currency: "GBP",
      title: "Supper",
      url: "",
      place: "Hall",
    },
    ...{ startsAt: new Date("2026-12-01T18:00:00Z"), endsAt: new Date("2026-12-01T20:00:00Z"), zone: "Europe/London", isAllDay: false },
    ...{ isPass: false, isOff: false, isMoved: false, isOver: false, orderReference: null, canTransfer: true, canGiveBack: true },
    ...{ giveBackUntil: null, ...change },
  };
}

it("says all that the ticket's page says, and has the code as squares", () => {
  const sheet = ticketSheet(aTicket(), STYLE);
  expect(sheet.facts).toEqual([
    { name: "When", value: expect.stringMatching(/^Tuesday,? 1 December 2026 at 18:00$/) },
    { name: "Where", value: "Hall" },
    { name: "Who", value: "Grace Ọláńrewájú" },
    { name: "Price", value: "£8.50" },
    { name: "What do you eat?", value: "Vegan" },
  ]);
  expect(sheet.squares.length).toBeGreaterThan(24);
  expect(sheet.squares.every((row) => row.length === sheet.squares.length)).toBe(true);
  expect(ticketSheet(aTicket({ isPass: true, priceMinor: 0, place: "" }), STYLE).facts.map(({ value }) => value)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^All times; the next is /), "Free"]),
  );
});

it("is drawn as a tagged PDF, the same bytes for the same ticket, whatever somebody typed", async () => {
  const sheet = ticketSheet(aTicket(), STYLE);
  const pdf = Buffer.from(await drawTicket(sheet));
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  expect(Buffer.from(await drawTicket(sheet)).equals(pdf)).toBe(true);
  for (const sign of ["/Figure", "/H1", "/MarkInfo"]) expect(pdf.toString("latin1")).toContain(sign);
  const hostile = aTicket({
    title: `${"x".repeat(500)} endobj`,
    holderName: "\u0000(",
    answers: [{ label: "<b>", answer: "y ".repeat(3000) }],
  });
  const long = Buffer.from(await drawTicket(ticketSheet(hostile, STYLE))).toString("latin1");
  expect(long.match(/\/Type \/Page\b(?!s)/g)?.length).toBeGreaterThan(1);
}, 60_000);

const events = await openTestApp("events");
afterAll(() => events.close());

it("comes from a process of its own", { timeout: 60_000 }, async () => {
  const [one, other] = await Promise.all([events.app.printTicket(aTicket()), events.app.printTicket(aTicket({ title: "Film" }))]);
  expect([one, other].map((pdf) => pdf.subarray(0, 5).toString())).toEqual(["%PDF-", "%PDF-"]);
  expect(one.equals(other)).toBe(false);
});
