import { expect, it } from "vitest";
import { dayPart } from "./day-part.ts";

it("greets by the hour of the reader's own zone, across the days on which clocks are changed", () => {
  const at = (iso: string, zone: string) => dayPart(new Date(iso), zone);
  expect(at("2026-11-27T08:00:00Z", "Europe/London")).toBe("Good morning");
  expect(at("2026-11-27T08:00:00Z", "Asia/Tokyo")).toBe("Good afternoon");
  expect(at("2026-11-27T18:00:00Z", "Europe/London")).toBe("Good evening");
  expect(at("2026-11-27T00:30:00Z", "Europe/London")).toBe("Still up");
  expect(at("2026-03-29T11:00:00Z", "Europe/London")).toBe("Good afternoon"); // noon of the first summer day
});
