import type { CycleDraft, CycleView, PickUpDraft } from "@rose-ash/shared/contracts/cycle-desk.ts";
import type { DeliveryRule } from "@rose-ash/shared/contracts/cycles.ts";
import { readLocal, writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { PickUpId, ProductId } from "@rose-ash/shared/models/ids.ts";
import { amountText, readAmount } from "@rose-ash/shared/models/money.ts";
import { INCOMPLETE_CASES } from "@rose-ash/shared/models/order-cycles.ts";
import { z } from "zod";

const MOST_PICK_UPS = 12;
const MOST_PLACES = 10_000;
/** Of what the shop sells. */
const CURRENCY = "GBP";
const text = z
  .string()
  .catch("")
  .transform((typed) => typed.replaceAll("\u0000", "").trim());

/** A form as it came: texts by name, and the suppliers that are ticked. */
export const cycleForm = z
  .object({ supplier: z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]) })
  .catchall(text);
export type CycleForm = z.output<typeof cycleForm>;

export interface FormError {
  field: string;
  message: string;
}

/** What a form says, or what is wrong with it. slugs: of the products that are named one by one. */
export type ReadDraft =
  | { kind: "read"; draft: Omit<CycleDraft, "productIds">; slugs: readonly string[] }
  | { kind: "wrong"; errors: readonly FormError[] };

/** What was typed as a draft; times are read by the clocks of the zone. */
export function readDraft(form: CycleForm): ReadDraft {
  const errors: FormError[] = [];
  const wrong = (field: string, message: string) => void errors.push({ field, message });
  const zone = isZone(form["zone"] ?? "") ? (form["zone"] ?? "") : "";
  if (zone === "") wrong("zone", "The name of a time zone, like Europe/London.");
  const time = (field: "opensAt" | "closesAt") => {
    const at = zone === "" ? null : readLocal(form[field] ?? "", zone);
    if (at === null) wrong(field, "A day and a time.");
    return at ?? new Date(0);
  };
  const name = form["name"] ?? "";
  if (name === "" || name.length > 120) wrong("name", "A name of up to 120 letters.");
  const note = form["note"] ?? "";
  if (note.length > 1_000) wrong("note", "At most 1,000 letters.");
  const [opensAt, closesAt] = [time("opensAt"), time("closesAt")];
  if (errors.length === 0 && opensAt >= closesAt) wrong("closesAt", "The cut-off comes after it opens.");
  const rule = INCOMPLETE_CASES.find((one) => one === form["incompleteCase"]) ?? "drop";
  const pickUps = readPickUps(form, { zone, closesAt }, wrong);
  if (errors.length > 0) return { kind: "wrong", errors };
  const draft = { name, note, zone, opensAt, closesAt, incompleteCase: rule, usesStock: form["usesStock"] === "yes", pickUps };
  return { kind: "read", draft: { ...draft, supplierIds: idsOf(form.supplier) }, slugs: slugsOf(form["products"] ?? "") };
}

/** The draft with its products; slugs that name nothing are wrong. */
export function withProducts(
  read: Extract<ReadDraft, { kind: "read" }>,
  ids: readonly (ProductId | null)[],
): { kind: "read"; draft: CycleDraft } | { kind: "wrong"; errors: readonly FormError[] } {
  const unknown = read.slugs.filter((_, at) => ids[at] === null);
  if (unknown.length > 0)
    return { kind: "wrong", errors: [{ field: "products", message: `There is no ${unknown.join(", ")} in the shop.` }] };
  return { kind: "read", draft: { ...read.draft, productIds: ids.flatMap((id) => id ?? []) } };
}

/** A cycle as its form shows it; empty rows for further pick-ups come after. days: moved by so many, for a copy. */
export function formOf(cycle: CycleView, days: number): CycleForm {
  const { zone } = cycle;
  const moved = (at: Date) => writeLocal(shifted(at, days, zone), zone);
  const rows = cycle.pickUps.map(({ id, place, startsAt, endsAt, capacity, delivery }, at) => [
    [`pickUp-${at}-id`, days === 0 && id !== null ? String(id) : ""],
    [`pickUp-${at}-place`, place],
    [`pickUp-${at}-startsAt`, moved(startsAt)],
    [`pickUp-${at}-endsAt`, moved(endsAt).slice(11)],
    [`pickUp-${at}-capacity`, capacity === null ? "" : String(capacity)],
    [`pickUp-${at}-fee`, delivery === null ? "" : amountText(delivery.feeMinor, CURRENCY)],
    [`pickUp-${at}-freeFrom`, delivery === null || delivery.freeFromMinor === null ? "" : amountText(delivery.freeFromMinor, CURRENCY)],
    [`pickUp-${at}-areas`, delivery === null ? "" : delivery.areas.join(", ")],
  ]);
  return {
    ...{ name: cycle.name, note: cycle.note, zone, opensAt: moved(cycle.opensAt), closesAt: moved(cycle.closesAt) },
    ...{ incompleteCase: cycle.incompleteCase, usesStock: cycle.usesStock ? "yes" : "", supplier: cycle.supplierIds.map(String) },
    products: cycle.products.map(({ slug }) => slug).join(", "),
    ...Object.fromEntries(rows.flat()),
  } as CycleForm;
}

/** The rows of pick-ups that the form has, with some empty ones. */
export function pickUpRows(form: CycleForm) {
  const used = Array.from({ length: MOST_PICK_UPS }, (_, at) => at).filter(
    (at) => form[`pickUp-${at}-place`] || form[`pickUp-${at}-startsAt`],
  );
  const count = Math.min(MOST_PICK_UPS, (used.at(-1) ?? -1) + 3);
  return Array.from({ length: count }, (_, at) => {
    const of = (part: string) => form[`pickUp-${at}-${part}`] ?? "";
    return {
      name: `pickUp-${at}`,
      id: of("id"),
      place: of("place"),
      startsAt: of("startsAt"),
      endsAt: of("endsAt"),
      capacity: of("capacity"),
      ...{ fee: of("fee"), freeFrom: of("freeFrom"), areas: of("areas") },
    };
  });
}

/** By days on the calendar of the zone: eight in the evening stays eight in the evening. */
export function shifted(at: Date, days: number, zone: string): Date {
  const local = writeLocal(at, zone);
  const day = new Date(`${local.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return readLocal(`${day.toISOString().slice(0, 10)}${local.slice(10)}`, zone) ?? at;
}

function readPickUps(
  form: CycleForm,
  { zone, closesAt }: { zone: string; closesAt: Date },
  wrong: (field: string, message: string) => void,
): PickUpDraft[] {
  return pickUpRows(form).flatMap(({ name, id, place, startsAt: from, endsAt: to, capacity, fee, freeFrom, areas }) => {
    if (place === "" && from === "") return [];
    const startsAt = zone === "" ? null : readLocal(from, zone);
    const endsAt = zone === "" ? null : readLocal(`${from.slice(0, 10)}T${to}`, zone);
    if (place === "" || place.length > 200) wrong(`${name}-place`, "A place of up to 200 letters.");
    if (startsAt === null) wrong(`${name}-startsAt`, "A day and a time.");
    else if (startsAt < closesAt) wrong(`${name}-startsAt`, "It comes after the cut-off.");
    else if (endsAt === null || endsAt <= startsAt) wrong(`${name}-endsAt`, "A time of the same day, after it begins.");
    const places = /^\d{1,5}$/.test(capacity) ? Number(capacity) : null;
    if (capacity !== "" && (places === null || places < 1 || places > MOST_PLACES))
      wrong(`${name}-capacity`, "A whole number above nought.");
    if (startsAt === null || endsAt === null) return [];
    const delivery = readDelivery({ name, fee, freeFrom, areas }, wrong);
    return [{ id: /^[1-9]\d{0,14}$/.test(id) ? (Number(id) as PickUpId) : null, place, startsAt, endsAt, capacity: places, delivery }];
  });
}

/** A fee, of nothing too, makes it one that is brought; without one it is fetched. */
function readDelivery(
  { name, fee, freeFrom, areas }: { name: string; fee: string; freeFrom: string; areas: string },
  wrong: (field: string, message: string) => void,
): DeliveryRule | null {
  if (fee === "") {
    if (freeFrom !== "" || areas !== "") wrong(`${name}-fee`, "Say what it costs to bring it: 0, if nothing.");
    return null;
  }
  const feeMinor = readAmount(fee, CURRENCY);
  if (feeMinor === null) wrong(`${name}-fee`, "An amount, like 3.50.");
  const freeFromMinor = freeFrom === "" ? null : readAmount(freeFrom, CURRENCY);
  if (freeFrom !== "" && !freeFromMinor) wrong(`${name}-freeFrom`, "An amount, like 40.00.");
  const codes = areas
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (codes.length > 40 || codes.some((code) => !/^[A-Z0-9]{1,8}$/.test(code)))
    wrong(`${name}-areas`, "Beginnings of postcodes, with commas: BD23, BD24.");
  return { feeMinor: feeMinor ?? 0, freeFromMinor: freeFromMinor || null, areas: codes };
}

function idsOf(typed: readonly string[]): number[] {
  return typed.filter((one) => /^[1-9]\d{0,14}$/.test(one)).map(Number);
}

function slugsOf(typed: string): string[] {
  return [...new Set(typed.split(/[\s,]+/).filter((slug) => slug !== ""))].slice(0, 200);
}

function isZone(name: string): boolean {
  try {
    return name.includes("/") && new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false; // RangeError: no such zone
  }
}
