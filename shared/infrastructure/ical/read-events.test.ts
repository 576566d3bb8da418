import { describe, expect, it } from "vitest";
import { readEvents } from "./read-events.ts";

const calendar = (...lines: string[]) => Buffer.from(["BEGIN:VCALENDAR", ...lines, "END:VCALENDAR", ""].join("\r\n"));
const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:one", ...lines, "END:VEVENT"];
const zoneIn = (...lines: string[]) => readEvents(calendar(...lines)).events[0]?.start.zone;

describe("a calendar that people’s programs write", () => {
  it("is read with folds in the middle of a character, bare line feeds, lower case and escapes", () => {
    const folded = Buffer.concat([
      Buffer.from("begin:vcalendar\nbegin:vevent\nuid:x\ndtstart:20260105T090000z\nsummary;language=en:Caf"),
      Buffer.from([0xc3, 0x0d, 0x0a, 0x20, 0xa9]),
      Buffer.from("\\, cake\\nand\\; tea\nend:vevent\nend:vcalendar\n"),
    ]);
    const { events, troubles } = readEvents(folded);
    expect(events.map(({ uid, summary, start }) => [uid, summary, start.zone])).toEqual([["x", "Café, cake\nand; tea", "UTC"]]);
    expect(troubles).toEqual([]);
  });

  it("is read as Windows-1252 where it is not UTF-8, and with a byte order mark", () => {
    const old = Buffer.from(calendar(...event("DTSTART:20260105T090000Z", "SUMMARY:Caf\u00e9")).toString(), "latin1");
    expect(readEvents(old).events[0]?.summary).toBe("Café");
    expect(
      readEvents(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), calendar(...event("DTSTART:20260105T090000Z"))])).events,
    ).toHaveLength(1);
  });

  it("loses only the event that can’t be read, and says which", () => {
    const bytes = calendar(
      "GARBAGE",
      ...event("DTSTART:20260230T090000Z"),
      "BEGIN:VEVENT",
      "UID:two",
      "garbage",
      "DTSTART:20260105T090000Z",
    );
    const { events, troubles } = readEvents(bytes);
    expect(events.map(({ uid }) => uid)).toEqual(["two"]);
    expect(troubles).toEqual(["one: has no start that can be read"]);
  });

  it("takes a leap second for the second before it", () => {
    expect(readEvents(calendar(...event("DTSTART:20261231T235960Z"))).events[0]?.start.local.toString()).toBe("2026-12-31T23:59:59");
  });

  it("takes no time where it ends before it starts, and says so", () => {
    const { events, troubles } = readEvents(calendar(...event("DTSTART:20260105T090000Z", "DTEND:20260105T080000Z")));
    expect(events[0]?.length.duration.blank).toBe(true);
    expect(troubles).toEqual(["one: ends before it starts: it takes no time"]);
  });

  it.each([[Buffer.alloc(0)], [Buffer.from("\0\0\0")], [Buffer.from("BEGIN:VEVENT\n".repeat(100_000))], [Buffer.alloc(10_000_000, "A")]])(
    "is nothing where it is none",
    (bytes) => {
      expect(readEvents(bytes).events).toEqual([]);
    },
  );
});

describe("a zone", () => {
  const at = (tzid: string) => event(`DTSTART;TZID=${tzid}:20260105T090000`);
  const rules = (tzid: string, ...lines: string[]) => ["BEGIN:VTIMEZONE", `TZID:${tzid}`, ...lines, "END:VTIMEZONE"];
  const offsets = (standard: string, daylight?: string) => [
    ...["BEGIN:STANDARD", `TZOFFSETTO:${standard}`, "END:STANDARD"],
    ...(daylight ? ["BEGIN:DAYLIGHT", `TZOFFSETTO:${daylight}`, "END:DAYLIGHT"] : []),
  ];

  it.each([
    ["Europe/London", "Europe/London"],
    ['"Europe/London"', "Europe/London"],
    ["/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin"],
    ["W. Europe Standard Time", "Europe/Berlin"],
    ["GMT Standard Time", "Europe/London"],
  ])("is found by its name: %s", (tzid, iana) => {
    expect(zoneIn(...at(tzid))).toBe(iana);
  });

  it("is what its name says, whatever rules the calendar brings for it", () => {
    expect(zoneIn(...rules("Europe/London", ...offsets("-0500")), ...at("Europe/London"))).toBe("Europe/London");
  });

  it.each([
    ["X-LIC-LOCATION:Europe/Lisbon", [], "Europe/Lisbon"],
    ["X-NOTHING:1", offsets("+0100", "+0200"), "Europe/Berlin"],
    ["X-NOTHING:1", offsets("+0300"), "Etc/GMT-3"],
    ["X-NOTHING:1", offsets("+0000"), "UTC"],
  ])("of another name is found by what the calendar says of it: %s %s", (line, more, iana) => {
    expect(zoneIn(...rules("Ours", line, ...more), ...at("Ours"))).toBe(iana);
  });

  it("that nobody knows leaves the time to the clock of wherever one is, and that is said", () => {
    const { events, troubles } = readEvents(calendar(...at("Middle-earth/Shire")));
    expect(events[0]?.start.zone).toBeNull();
    expect(troubles).toEqual(["one: its zone “Middle-earth/Shire” is not known: its times float"]);
  });
});
