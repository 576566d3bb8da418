import { findIana } from "windows-iana";
import { type Component, unescapeText } from "./content-lines.ts";
import type { ZoneOf } from "./moment.ts";

/**
 * What the TZIDs of a calendar mean. A name that IANA knows is believed above the rules that a calendar brings for it, which are often
 * old or wrong; so is one that ends in such a name, or that Windows has. Else the zone that the calendar's own rules fit decides.
 */
export function zonesOf(calendar: Component): ZoneOf {
  const rules = new Map<string, string | null>();
  for (const part of calendar.parts) {
    if (part.name !== "VTIMEZONE") continue;
    const named = (name: string) => part.lines.find((line) => line.name === name)?.value ?? "";
    rules.set(unescapeText(named("TZID")), known(unescapeText(named("X-LIC-LOCATION"))) ?? zoneByOffsets(part));
  }
  return (tzid) => known(tzid) ?? rules.get(tzid) ?? null;
}

function known(name: string): string | null {
  const parts = name.replace(/^"|"$/g, "").split("/");
  const tails = [parts, parts.slice(-3), parts.slice(-2)].map((tail) => tail.join("/")); // as /example.org/1.0/Europe/London
  return tails.find(isZone) ?? findIana(name)[0] ?? null;
}

/** Whether IANA has a zone of this name. Offsets as names ("+01:00") are zones to Intl, but none that has a summer. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Zones to which a calendar's own rules are likely to belong, by their offsets in winter and summer, in minutes. */
const LIKELY: ReadonlyMap<string, string> = new Map([
  ["0/60", "Europe/London"],
  ["60/120", "Europe/Berlin"],
  ["120/180", "Europe/Helsinki"],
  ["-300/-240", "America/New_York"],
  ["-360/-300", "America/Chicago"],
  ["-420/-360", "America/Denver"],
  ["-480/-420", "America/Los_Angeles"],
  ["600/660", "Australia/Sydney"],
  ["720/780", "Pacific/Auckland"],
]);

function zoneByOffsets({ parts }: Component): string | null {
  const offsetIn = (name: string) => {
    const value = parts.findLast((part) => part.name === name)?.lines.find((line) => line.name === "TZOFFSETTO")?.value;
    const [, sign, hours, minutes] = /^([+-])(\d\d)(\d\d)/.exec(value?.trim() ?? "") ?? [];
    return hours === undefined ? null : (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
  const [standard, daylight] = [offsetIn("STANDARD"), offsetIn("DAYLIGHT")];
  if (standard === null) return null;
  if (daylight !== null && daylight !== standard) return LIKELY.get(`${standard}/${daylight}`) ?? null;
  if (standard % 60 !== 0) return null;
  return standard === 0 ? "UTC" : `Etc/GMT${standard > 0 ? "-" : "+"}${Math.abs(standard / 60)}`; // signs are turned round there
}
