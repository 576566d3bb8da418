import { existsSync, readFileSync } from "node:fs";
import rrule from "rrule";
import { describe, expect, it } from "vitest";
import { readEvents } from "../ical/index.ts";
import { type Expansion, expand } from "./expand.ts";
import { windowOf } from "./window.ts";

const YEAR = windowOf("2026-01-01", "2027-01-01");

/** Each argument is the body of an event. */
function expanded(bodies: readonly string[], window = YEAR): Expansion {
  const events = bodies.map((body) => `BEGIN:VEVENT\nUID:one\n${body}\nEND:VEVENT\n`).join("");
  const read = readEvents(Buffer.from(`BEGIN:VCALENDAR\n${events}END:VCALENDAR\n`));
  const expansion = expand(read.events, window);
  return { ...expansion, troubles: [...read.troubles, ...expansion.troubles] };
}

const startsOf = (...bodies: string[]) => expanded(bodies).occurrences.map(({ start }) => start.toString({ timeZoneName: "never" }));
const inLondon = (start: string, ...more: string[]) => [`DTSTART;TZID=Europe/London:${start}`, ...more].join("\n");

describe("a rule", () => {
  it.each([
    ["FREQ=DAILY;COUNT=3", ["2026-01-05T09", "2026-01-06T09", "2026-01-07T09"]],
    ["FREQ=WEEKLY;UNTIL=20260120T000000Z;WKST=SU;BYDAY=TU,TH", ["2026-01-06T09", "2026-01-08T09", "2026-01-13T09", "2026-01-15T09"]],
    ["FREQ=MONTHLY;COUNT=3;BYDAY=1FR", ["2026-02-06T09", "2026-03-06T09", "2026-04-03T09"]],
    ["FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3", ["2026-01-29T09", "2026-02-26T09", "2026-03-29T09"]],
    ["FREQ=YEARLY;COUNT=2;BYDAY=20MO", ["2026-05-18T09"]],
    ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", ["2026-02-13T09", "2026-03-13T09", "2026-11-13T09"]],
    ["FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", ["2026-01-07T09", "2026-02-05T09", "2026-03-05T09"]],
    ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", ["2026-01-06T09", "2026-01-11T09", "2026-01-20T09", "2026-01-25T09"]],
    ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", ["2026-01-06T09", "2026-01-18T09", "2026-01-20T09", "2026-02-01T09"]],
    ["freq=daily;count=1", ["2026-01-05T09"]],
  ])("says when, as RFC 5545 has it: %s", (rule, hours) => {
    expect(startsOf(`DTSTART:20260105T090000Z\nRRULE:${rule}`).map((at) => at.slice(0, 13))).toEqual(hours);
  });

  it("ends with the clock of its zone where it does not say which, and with the whole of a day", () => {
    expect(startsOf(inLondon("20260628T203000", "RRULE:FREQ=DAILY;UNTIL=20260629T203000"))).toHaveLength(2);
    expect(startsOf(inLondon("20260628T233000", "RRULE:FREQ=DAILY;UNTIL=20260629"))).toHaveLength(2);
    expect(startsOf("DTSTART;VALUE=DATE:20260628\nRRULE:FREQ=DAILY;UNTIL=20260629T000000Z")).toHaveLength(2);
  });

  it("keeps its clock through summer and winter; an hour that clocks skip is none, of one that comes twice it means the first", () => {
    const starts = (at: string) => startsOf(inLondon(at, "RRULE:FREQ=DAILY;COUNT=3"));
    expect(starts("20260328T013000")).toEqual(["2026-03-28T01:30:00+00:00", "2026-03-30T01:30:00+01:00", "2026-03-31T01:30:00+01:00"]);
    expect(startsOf(inLondon("20260329T013000"))).toEqual(["2026-03-29T02:30:00+01:00"]); // stated, not computed: with the offset before
    expect(starts("20261024T013000")).toEqual(["2026-10-24T01:30:00+01:00", "2026-10-25T01:30:00+01:00", "2026-10-26T01:30:00+00:00"]);
  });

  it("agrees with another implementation on a hundred rules of chance", () => {
    const chance = chanceOf(20260105);
    for (let i = 0; i < 100; i++) {
      const rule = someRule(chance);
      const text = `DTSTART:20250115T090000Z\nRRULE:${rule}`;
      const theirs = rrule.rrulestr(text).between(new Date("2026-01-01T00:00Z"), new Date("2026-12-31T23:59:59Z"), true);
      expect([rule, startsOf(text).map((at) => Date.parse(at))]).toEqual([rule, theirs.map(Number)]);
    }
  }, 60_000);

  const cases = process.env["RRULE_CASES"] ?? "";
  it.runIf(existsSync(cases))("gives what the cases of RRULE_CASES say", () => {
    const always = windowOf("1900-01-01", "9999-01-01");
    for (const { id, dtstart, rrule: rule, text, instances } of JSON.parse(readFileSync(cases, "utf8"))) {
      const lines: string = rule ? `DTSTART:${dtstart}\nRRULE:${rule}` : text.trim().replaceAll(/\s+(?=[A-Za-z]+[:;])/g, "\n");
      const starts = expanded([lines], always).occurrences.map(({ start }) => start.toPlainDateTime().toString({ smallestUnit: "second" }));
      expect([id, starts.map((at) => at.replaceAll(/[-:]/g, ""))]).toEqual([id, instances]);
    }
  });
});

describe("a series", () => {
  const WEEKLY = inLondon("20260303T190000", "DTEND;TZID=Europe/London:20260303T203000", "RRULE:FREQ=WEEKLY;COUNT=6", "SUMMARY:Choir");

  it("takes away what its exceptions name: a time, a time of another zone, a day", () => {
    const exceptions = "EXDATE;TZID=Europe/London:20260310T190000\nEXDATE;TZID=Europe/Berlin:20260317T200000\nEXDATE;VALUE=DATE:20260324";
    expect(startsOf(`${WEEKLY}\n${exceptions}`)).toEqual([
      "2026-03-03T19:00:00+00:00",
      "2026-03-31T19:00:00+01:00",
      "2026-04-07T19:00:00+01:00",
    ]);
  });

  it("adds dates beside the rule, each once, and periods of a length of their own", () => {
    const { occurrences } = expanded([
      "DTSTART:20260301T100000Z\nDURATION:PT1H\nRDATE:20260303T100000Z,20260301T100000Z\nRDATE;VALUE=PERIOD:20260305T100000Z/PT3H",
    ]);
    expect(occurrences.map(({ start, end }) => [start.day, end.since(start).total("hours")])).toEqual([
      [1, 1],
      [3, 1],
      [5, 3],
    ]);
  });

  it("shows one occurrence as it was changed, not one that was cancelled, and all from one on as that says", () => {
    const moved = inLondon("20260311T180000", "RECURRENCE-ID;TZID=Europe/London:20260310T190000", "SUMMARY:Choir, a day late");
    const cancelled = inLondon("20260317T190000", "RECURRENCE-ID:20260317T190000Z", "STATUS:CANCELLED");
    const earlier = inLondon("20260331T180000", "DURATION:PT1H", "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20260331T190000");
    const { occurrences } = expanded([WEEKLY, moved, cancelled, `${earlier}\nSUMMARY:Choir, earlier`]);
    expect(
      occurrences.map(({ start, end, summary }) => [start.toPlainDateTime().toString(), end.toPlainTime().toString(), summary]),
    ).toEqual([
      ["2026-03-03T19:00:00", "20:30:00", "Choir"],
      ["2026-03-11T18:00:00", "18:00:00", "Choir, a day late"],
      ["2026-03-24T19:00:00", "20:30:00", "Choir"],
      ["2026-03-31T18:00:00", "19:00:00", "Choir, earlier"],
      ["2026-04-07T18:00:00", "19:00:00", "Choir, earlier"],
    ]);
  });

  it("believes the later of two changes, and a change whose series is not there", () => {
    const change = (sequence: number, summary: string) =>
      inLondon("20260310T190000", `SEQUENCE:${sequence}`, "RECURRENCE-ID;TZID=Europe/London:20260310T190000", `SUMMARY:${summary}`);
    expect(expanded([change(2, "later"), change(1, "earlier")]).occurrences.map(({ summary }) => summary)).toEqual(["later"]);
  });

  it("lasts as long by the clock where it says so, and as long in truth where it says when it ends", () => {
    const night = (length: string) =>
      expanded([inLondon("20260328T220000", length, "RRULE:FREQ=DAILY;COUNT=1")])
        .occurrences[0]?.end.toPlainTime()
        .toString();
    expect(night("DURATION:P1D")).toBe("22:00:00");
    expect(night("DTEND;TZID=Europe/London:20260329T070000")).toBe("07:00:00");
    expect(night("DURATION:PT8H")).toBe("07:00:00");
  });

  it("is there where it only reaches into the window, days and all", () => {
    expect(startsOf("DTSTART:20251231T220000Z\nDTEND:20260101T020000Z")).toHaveLength(1);
    expect(startsOf("DTSTART:20251231T220000Z\nDTEND:20260101T000000Z")).toHaveLength(0);
    expect(startsOf("DTSTART;VALUE=DATE:20251220\nDTEND;VALUE=DATE:20260102")).toHaveLength(1);
    expect(startsOf("DTSTART:20250101T000000Z\nDURATION:P400D")).toHaveLength(1);
  });
});

describe("what nobody should write", () => {
  it.each([
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;COUNT=3;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;COUNT=5;BYMONTH=4,6;BYMONTHDAY=31",
    "FREQ=SECONDLY;COUNT=9;BYMONTH=2;BYMONTHDAY=30,31",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO",
  ])("never comes: %s", (rule) => {
    expect(startsOf(`DTSTART:20260105T090000Z\nRRULE:${rule}`)).toEqual([]);
  });

  it.each([
    "FREQ=SECONDLY",
    "FREQ=MINUTELY",
    "FREQ=NEVER",
    "",
    "FREQ=DAILY;COUNT=-5",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=DAILY;UNTIL=20269999",
  ])("says why there is nothing, and soon: %s", (rule) => {
    const begun = performance.now();
    const { occurrences, troubles } = expanded([
      `DTSTART:20260105T090000Z\nRRULE:${rule}`,
      "DTSTART:20260606T090000Z\nRECURRENCE-ID:20260606T090000Z",
    ]);
    expect([occurrences.length, troubles.length]).toEqual([1, 1]);
    expect(troubles[0]).toContain(`one: its rule “${rule}” `);
    expect(performance.now() - begun).toBeLessThan(2000); // a bound against hanging on a busy machine
  });
});

interface Chance {
  below(most: number): number;
}

function chanceOf(seed: number): Chance {
  let state = seed;
  return {
    below(most) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((state / 2_147_483_648) * most);
    },
  };
}

/** A rule that both read alike, and that comes: the other one mixes no first Mondays with Tuesdays, and looks for the impossible till 9999. */
function someRule({ below }: Chance): string {
  const freq = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"][below(4)] ?? "DAILY";
  const some = (most: number, from: number, to: number) => {
    const numbers = Array.from({ length: 1 + below(most) }, () => from + below(to - from + 1));
    return [...new Set(numbers)].sort((one, other) => one - other).join(",");
  };
  const order = freq === "MONTHLY" && below(2) === 1 ? ["1", "2", "3", "-1", "-2"] : [""];
  const days = () =>
    Array.from({ length: 1 + below(3) }, () => `${order[below(order.length)]}${["MO", "TU", "WE", "TH", "FR", "SA", "SU"][below(7)]}`);
  const hasDays = below(2) === 1;
  const parts = [`FREQ=${freq}`];
  if (!below(3)) parts.push(`COUNT=${1 + below(40)}`);
  if (!below(3)) parts.push(`BYMONTH=${some(3, 1, 12)}`);
  else if (below(2)) parts.push(`INTERVAL=${1 + below(4)}`);
  if (!hasDays && !below(2) && freq !== "WEEKLY") parts.push(`BYMONTHDAY=${some(3, 1, 28)}`);
  if (hasDays) parts.push(`BYDAY=${[...new Set(days())].join(",")}`);
  if (hasDays && freq === "MONTHLY" && !below(2)) parts.push(`BYSETPOS=${[1, -1][below(2)]}`);
  if (!below(5)) parts.push(`BYHOUR=${some(2, 0, 23)}`);
  if (!below(5)) parts.push("WKST=SU");
  return parts.join(";");
}
