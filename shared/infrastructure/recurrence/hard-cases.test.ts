import { describe, expect, it } from "vitest";
import { readEvents } from "../ical/index.ts";
import { expand } from "./expand.ts";
import { windowOf } from "./window.ts";

const ALWAYS = windowOf("1900-01-01", "9999-12-31");

/** The starts of an event of these lines, as its clock shows them: 20260105T0900, or 20260105 for a day; and what is wrong with it. */
function expanded(lines: string, window = ALWAYS): { starts: string[]; troubles: readonly string[] } {
  const { events, troubles } = readEvents(Buffer.from(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:one\n${lines}\nEND:VEVENT\nEND:VCALENDAR\n`));
  const expansion = expand(events, window);
  const starts = expansion.occurrences.map(({ start, isAllDay }) => {
    const text = start.toPlainDateTime().toString({ smallestUnit: "minute" }).replaceAll(/[-:]/g, "");
    return isAllDay ? text.slice(0, 8) : text;
  });
  return { starts, troubles: [...troubles, ...expansion.troubles] };
}

const starts = (lines: string, window = ALWAYS) => expanded(lines, window).starts;
const days = (lines: string) => starts(lines).map((text) => text.slice(0, 8));
const from = (start: string, rule: string) => `DTSTART:${start}\nRRULE:${rule}`;

describe("parts of a rule that come together (RFC 5545, 3.3.10)", () => {
  it.each<[string, string, string[]]>([
    // the last of some weekdays of a week by its number
    ["20250101T090000Z", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO,TU,WE;BYSETPOS=-1;COUNT=3", ["20250514", "20260513", "20270519"]],
    // weeks that begin on Sunday: the first of 2025 begins in 2024, those of 2026 and 2027 do not
    ["20240101T090000Z", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU;COUNT=3", ["20241229", "20260104", "20270103"]],
    ["20240101T090000Z", "FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=MO;COUNT=3", ["20240107", "20250105", "20260104"]],
    // a fifty-third week is in some years only
    ["20200101T090000Z", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;COUNT=3", ["20201228", "20261228", "20321227"]],
    ["20200101T090000Z", "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO;COUNT=3", ["20201228", "20211227", "20221226"]],
    // what is of a week, a month and a weekday is of all of them
    ["20260101T090000Z", "FREQ=YEARLY;BYMONTH=5;BYWEEKNO=20;BYMONTHDAY=11,12,30;COUNT=3", ["20260511", "20260512", "20310512"]],
    ["20260101T090000Z", "FREQ=YEARLY;BYYEARDAY=100,200;BYDAY=TU,FR;COUNT=3", ["20260410", "20280718", "20290410"]],
    [
      "20260101T090000Z",
      "FREQ=YEARLY;INTERVAL=2;BYYEARDAY=1,32,60;BYMONTHDAY=1;COUNT=5",
      ["20260101", "20260201", "20260301", "20280101", "20280201"],
    ],
    // the thirteenth that is a Friday
    ["20260101T090000Z", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;COUNT=3", ["20260213", "20260313", "20261113"]],
    // Mondays, and the second Thursday
    ["20260601T090000Z", "FREQ=MONTHLY;BYDAY=MO,2TH;COUNT=6", ["20260601", "20260608", "20260611", "20260615", "20260622", "20260629"]],
    // of the year, and of one of its months
    ["20260101T090000Z", "FREQ=YEARLY;BYDAY=-1SU;COUNT=2", ["20261227", "20271226"]],
    ["20260101T090000Z", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU;COUNT=3", ["20260329", "20261025", "20270328"]],
    // the last day of work, and the last but one that is no day of work
    ["20260101T090000Z", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", ["20260130", "20260227", "20260331"]],
    ["20260101T090000Z", "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=-2;COUNT=2", ["20260125", "20260222"]],
    ["20260105T090000Z", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;BYSETPOS=2;COUNT=2", ["20260107", "20260121"]],
  ])("%s %s", (start, rule, expected) => {
    expect(days(from(start, rule))).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ["20240229T120000Z", "FREQ=YEARLY;COUNT=3", ["20240229", "20280229", "20320229"]],
    ["20240229T120000Z", "FREQ=YEARLY;INTERVAL=3;COUNT=3", ["20240229", "20360229", "20480229"]],
    ["20240229T120000Z", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=3", ["20240229", "20250228", "20260228"]],
    ["20210101T120000Z", "FREQ=YEARLY;BYYEARDAY=366;COUNT=2", ["20241231", "20281231"]],
    ["20210102T120000Z", "FREQ=YEARLY;BYYEARDAY=-366;COUNT=2", ["20240101", "20280101"]],
    ["20260131T120000Z", "FREQ=MONTHLY;COUNT=4", ["20260131", "20260331", "20260531", "20260731"]],
    ["18960229T120000Z", "FREQ=YEARLY;UNTIL=19121231T000000Z", ["19040229", "19080229", "19120229"]], // 1900 had none, and 1896 is before the window
  ])("counts no day that a year or month does not have: %s %s", (start, rule, expected) => {
    expect(days(from(start, rule))).toEqual(expected);
  });

  it("has a start that its rule does not give not count, and a start after its end give nothing", () => {
    expect(days(from("20260105T090000Z", "FREQ=WEEKLY;BYDAY=TU;COUNT=2"))).toEqual(["20260106", "20260113"]);
    expect(days(from("20260105T090000Z", "FREQ=DAILY;UNTIL=20260104T000000Z"))).toEqual([]);
    expect(days(from("20260105T090000Z", "FREQ=DAILY;COUNT=3;UNTIL=20260106T090000Z"))).toEqual(["20260105", "20260106"]);
  });

  it("knows 31 December 9999 as the last day, and ends there", () => {
    const end = windowOf("9998-01-01", "9999-12-31");
    expect(days(from("99981230T090000Z", "FREQ=YEARLY;COUNT=5"))).toEqual(["99981230", "99991230"]);
    expect(starts(from("99991229T090000Z", "FREQ=DAILY;COUNT=3"), end)).toEqual(["99991229T0900", "99991230T0900"]);
    expect(starts(from("20260101T090000Z", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30"), end)).toEqual(["99981230T0900", "99991230T0900"]);
  });
});

describe("clocks", () => {
  const london = (start: string, rule: string) => `DTSTART;TZID=Europe/London:${start}\nRRULE:${rule}`;

  it("count no hour that they skip, at whatever hours it comes, nor give it a position", () => {
    expect(starts(london("20260328T000000", "FREQ=DAILY;BYHOUR=0,1;COUNT=5"))).toEqual([
      ...["20260328T0000", "20260328T0100", "20260329T0000", "20260330T0000", "20260330T0100"],
    ]);
    expect(starts(london("20260328T010000", "FREQ=DAILY;BYHOUR=1,3;BYSETPOS=1;COUNT=3"))).toEqual([
      ...["20260328T0100", "20260329T0300", "20260330T0100"],
    ]);
    expect(starts(london("20250330T013000", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=1"), windowOf("2025-01-01", "2035-01-01"))).toEqual([]);
  });

  it("that show an hour twice have it once, the first time", () => {
    const { occurrences } = expand(
      readEvents(
        Buffer.from(
          `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n${london("20261024T013000", "FREQ=DAILY;COUNT=3")}\nEND:VEVENT\nEND:VCALENDAR\n`,
        ),
      ).events,
      ALWAYS,
    );
    expect(occurrences.map(({ start }) => start.offset)).toEqual(["+01:00", "+01:00", "+00:00"]);
  });

  it("of the zone decide what UTC says of the end: New York's evening is UTC's next day", () => {
    const rule = (until: string) => `DTSTART;TZID=America/New_York:20260105T200000\nRRULE:FREQ=DAILY;UNTIL=${until}`;
    expect(days(rule("20260108T010000Z"))).toEqual(["20260105", "20260106", "20260107"]);
    expect(days(rule("20260108T005959Z"))).toEqual(["20260105", "20260106"]);
    expect(days(rule("20260107T200000"))).toEqual(["20260105", "20260106", "20260107"]); // by the clock of the series, as old programs write
  });

  it("of a zone that changed its rules are those of then: Moscow had a summer until 2010 and another offset until 2014", () => {
    const { occurrences } = expand(
      readEvents(
        Buffer.from(
          "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\nDTSTART;TZID=Europe/Moscow:20100701T120000\nRRULE:FREQ=YEARLY;COUNT=6\nEND:VEVENT\nEND:VCALENDAR\n",
        ),
      ).events,
      ALWAYS,
    );
    expect(occurrences.map(({ start }) => start.offset)).toEqual(["+04:00", "+04:00", "+04:00", "+04:00", "+04:00", "+03:00"]);
  });

  it("are nothing to whole days, whatever their rule says of hours", () => {
    expect(starts("DTSTART;VALUE=DATE:20260328\nRRULE:FREQ=DAILY;BYHOUR=9,10;BYMINUTE=30;COUNT=3")).toEqual([
      "20260328",
      "20260329",
      "20260330",
    ]);
    expect(starts("DTSTART;VALUE=DATE:20260328\nRRULE:FREQ=WEEKLY;UNTIL=20260404")).toEqual(["20260328", "20260404"]);
  });

  it("of wherever one is are meant by what floats", () => {
    expect(starts("DTSTART:20260329T013000\nRRULE:FREQ=DAILY;COUNT=2")).toEqual(["20260329T0130", "20260330T0130"]);
  });
});

describe("a series of several rules, dates and exceptions", () => {
  const MONDAYS = "DTSTART:20260105T090000Z\nRRULE:FREQ=WEEKLY;COUNT=4";

  it("joins its rules, and counts what two of them give once", () => {
    expect(days(`${MONDAYS}\nRRULE:FREQ=DAILY;INTERVAL=7;COUNT=5\nRRULE:FREQ=MONTHLY;BYMONTHDAY=6;COUNT=1`)).toEqual([
      ...["20260105", "20260106", "20260112", "20260119", "20260126", "20260202"],
    ]);
  });

  it("takes away what its exception rules give, and what is taken away was counted", () => {
    expect(days(`${MONDAYS}\nEXRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2`)).toEqual(["20260112", "20260126"]);
    expect(days(`${MONDAYS}\nEXDATE:20260112T090000Z`)).toEqual(["20260105", "20260119", "20260126"]);
    expect(days(`${MONDAYS}\nEXDATE:20260112T100000Z`)).toHaveLength(4); // nothing begins then
    expect(days(`${MONDAYS}\nEXDATE;VALUE=DATE:20260112,20260119`)).toEqual(["20260105", "20260126"]);
    expect(days(`${MONDAYS}\nRDATE:20260107T090000Z\nEXDATE:20260107T090000Z`)).toHaveLength(4);
  });

  it("has periods among its dates, of their own length, with an end or a duration, in their own zone", () => {
    const lines = `DTSTART:20260105T090000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD;TZID=Europe/Berlin:20260107T100000/20260107T123000,20260108T100000/PT45M`;
    const { occurrences } = expand(
      readEvents(Buffer.from(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:x\n${lines}\nEND:VEVENT\nEND:VCALENDAR\n`)).events,
      ALWAYS,
    );
    expect(occurrences.map(({ start, end }) => [start.toInstant().toString(), end.since(start).total("minutes")])).toEqual([
      ["2026-01-05T09:00:00Z", 60],
      ["2026-01-07T09:00:00Z", 150],
      ["2026-01-08T09:00:00Z", 45],
    ]);
  });
});

describe("rules of other calendars, and skipped days (RFC 7529)", () => {
  it.each<[string, string, string[]]>([
    ["20240229T090000Z", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=BACKWARD;COUNT=3", ["20240229", "20250228", "20260228"]],
    ["20240229T090000Z", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD;COUNT=3", ["20240229", "20250301", "20260301"]],
    ["20240229T090000Z", "RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=OMIT;COUNT=2", ["20240229", "20280229"]],
    ["20140131T090000Z", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4", ["20140131", "20140228", "20140331", "20140430"]],
    ["20140131T090000Z", "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD;COUNT=4", ["20140131", "20140301", "20140331", "20140501"]],
    ["20130210T090000Z", "RSCALE=CHINESE;FREQ=YEARLY;COUNT=4", ["20130210", "20140131", "20150219", "20160208"]],
    ["20130906T090000Z", "RSCALE=ETHIOPIC;FREQ=MONTHLY;BYMONTH=13;COUNT=2", ["20130906", "20140906"]],
    [
      "20140928T090000Z",
      "RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L;BYMONTHDAY=8;SKIP=FORWARD;COUNT=5",
      ["20150227", "20160217", "20170306", "20180223", "20190213"],
    ],
  ])("%s %s", (start, rule, expected) => {
    expect(days(from(start, rule))).toEqual(expected);
  });

  it("skips by the calendar that everybody knows where a rule names none", () => {
    expect(days(from("20260131T090000Z", "FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3"))).toEqual(["20260131", "20260228", "20260331"]);
    expect(days(from("20260131T090000Z", "RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=3"))).toEqual(["20260131", "20260331", "20260531"]);
  });

  it("of a calendar that nobody knows are refused, with why", () => {
    const { starts: none, troubles } = expanded(from("20260105T090000Z", "RSCALE=DISCWORLD;FREQ=YEARLY;COUNT=3"));
    expect([none, troubles.length]).toEqual([[], 1]);
  });
});

describe("parts that are none", () => {
  it.each([
    ...["BYMONTH=13", "BYMONTH=0", "BYMONTHDAY=32", "BYMONTHDAY=0", "BYYEARDAY=367", "BYWEEKNO=54", "BYDAY=XX", "BYDAY=0MO", "BYDAY=54MO"],
    ...[
      "BYSETPOS=0",
      "BYHOUR=24",
      "BYMINUTE=60",
      "BYSECOND=61",
      "WKST=XX",
      "INTERVAL=-1",
      "INTERVAL=1.5",
      "COUNT=0",
      "UNTIL=never",
      "BYMONTH=1;BYDAY=;X=,",
    ],
  ])("are said, and nothing takes place: %s", (part) => {
    const { starts: none, troubles } = expanded(from("20260105T090000Z", `FREQ=YEARLY;COUNT=2;${part}`.replace("COUNT=2;COUNT", "COUNT")));
    if (part.includes("X=,"))
      expect(none).toHaveLength(2); // an empty part says nothing, and other names are for others
    else expect([none, troubles.length]).toEqual([[], 1]);
  });
});
