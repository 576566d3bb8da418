import type { PlaceDetails } from "@rose-ash/shared/contracts/places.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import type { AnyForm, FormError } from "./fields.ts";

const MAX_TEXT = 20_000;
const LIMITS = { name: 100, summary: 200, location: 200 } as const;

/** What came of the form: its fields, with the text still as it was typed; or what is wrong with it. */
export type ReadDetails =
  | { kind: "read"; fields: Omit<PlaceDetails, "html">; text: string; revision: number }
  | { kind: "wrong"; errors: readonly FormError[] };

/** Reads the form about a place. */
export function readDetails(form: AnyForm): ReadDetails {
  const typed = (name: string) => (form[name] ?? "").replaceAll("\u0000", "").trim();
  const [name, slug, summary, location, zone, text] = ["name", "slug", "summary", "location", "zone", "text"].map(typed) as Six;
  const errors: FormError[] = [];
  if (name === "" || name.length > LIMITS.name) errors.push({ field: "name", message: `A name of up to ${LIMITS.name} letters.` });
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > LIMITS.name)
    errors.push({ field: "slug", message: "Small letters, digits and single hyphens, as in “friday-stall”." });
  for (const [field, value] of [
    ["summary", summary],
    ["location", location],
  ] as const)
    if (value.length > LIMITS[field]) errors.push({ field, message: `At most ${LIMITS[field]} letters.` });
  if (!isZone(zone)) errors.push({ field: "zone", message: "A time zone as “Europe/London”." });
  if (text.length > MAX_TEXT) errors.push({ field: "text", message: `At most ${MAX_TEXT} letters; a longer text is a page of the blog.` });
  if (errors.length > 0) return { kind: "wrong", errors };
  const isPublic = form["isPublic"] === "yes";
  const fields = { name, slug, summary, location, zone, pictureId: pictureOf(form), isPublic };
  return { kind: "read", fields, text, revision: Number(form["revision"]) || 0 };
}

function pictureOf({ pictureId = "" }: AnyForm): MediaId | null {
  return /^[1-9]\d{0,14}$/.test(pictureId) ? (Number(pictureId) as MediaId) : null;
}

type Six = [string, string, string, string, string, string];

/** Whether it names an IANA zone: an offset like "+01:00" keeps no summer time. */
function isZone(zone: string): boolean {
  if (!/^[A-Za-z]+([/_+-][A-Za-z0-9_+-]+)*$/.test(zone)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
