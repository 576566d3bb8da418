import type { GroupDetails, GroupView } from "@rose-ash/shared/contracts/membership.ts";
import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import type { GroupId } from "@rose-ash/shared/models/ids.ts";
import { DUES_PERIODS, GROUP_DOORS } from "@rose-ash/shared/models/membership.ts";
import { type AnyForm, type FormError, lineOf } from "../form.ts";

const MOST_MINOR = 10_000_000;

/** A group as a form says it. */
export function readGroup(form: AnyForm): { readonly details: GroupDetails; readonly errors: readonly FormError[] } {
  const errors: FormError[] = [];
  const [name, description] = [lineOf(form, "name"), lineOf(form, "description")];
  if (name === "" || name.length > 80 || !VISIBLE_TEXT.test(name))
    errors.push({ field: "name", message: "One line, of 1 to 80 characters that can be seen." });
  if (description.length > 500) errors.push({ field: "description", message: "At most 500 characters." });
  const door = GROUP_DOORS.find((one) => one === form["door"]);
  if (door === undefined) errors.push({ field: "door", message: "Choose how one gets in." });
  const whole = lineOf(form, "partOf");
  if (!/^([1-9]\d{0,14})?$/.test(whole)) errors.push({ field: "partOf", message: "Choose a group of the list." });
  const duesPeriod = DUES_PERIODS.find((one) => one === form["duesPeriod"]) ?? null;
  const duesMinor = duesPeriod === null ? null : minorOf(lineOf(form, "dues"));
  if (duesPeriod !== null && (duesMinor === null || duesMinor < 1 || duesMinor > MOST_MINOR))
    errors.push({ field: "dues", message: "An amount in pounds and pence, as 12 or 12.50." });
  const partOfId = whole === "" ? null : (Number(whole) as GroupId);
  return { details: { name, description, door: door ?? "asked", partOfId, duesMinor, duesPeriod }, errors };
}

/** "12.50" as 1250; null: that is no amount. */
export function minorOf(typed: string): number | null {
  const [, whole, part = ""] = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(typed.replace(/^£\s*/, "")) ?? [];
  return whole === undefined ? null : Number(whole) * 100 + Number(part.padEnd(2, "0"));
}

/** The slug that a name asks for. */
export function slugOf(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return plain
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
}

/** The form of a group that is there. */
export function formOf({ name, description, door, partOf, dues, version }: GroupView): AnyForm {
  return {
    ...{ name, description, door, partOf: partOf === null ? "" : String(partOf.id), version: String(version) },
    ...{ duesPeriod: dues?.period ?? "", dues: dues === null ? "" : (dues.amountMinor / 100).toFixed(2) },
  };
}
