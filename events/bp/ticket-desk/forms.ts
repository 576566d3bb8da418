import type { BoxDraft, DeskTime, DeskType, TypeDraft } from "@rose-ash/shared/contracts/ticket-desk.ts";
import { readLocal, writeLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { TicketQuestion } from "@rose-ash/shared/models/tickets.ts";
import { type AnyForm, typed } from "../entry-form/fields.ts";

/** What a form says of a type; what is no number is NaN, which the service refuses. */
export function typeDraftOf(form: AnyForm, { zone, isSeries }: DeskTime): TypeDraft {
  const vatClass = typed(form, "vatClass");
  const at = (name: string) => readLocal(typed(form, name), zone);
  const [perPerson, capacity, groupName] = [typed(form, "perPerson"), typed(form, "capacity"), typed(form, "groupName")];
  return {
    name: typed(form, "name").replaceAll(/\p{Cc}+/gu, " "),
    priceMinor: minorOf(typed(form, "price")),
    vatClass: vatClass === "zero" || vatClass === "reduced" ? vatClass : "standard",
    capacity: capacity === "" ? null : numberOf(capacity),
    covers: isSeries && typed(form, "covers") === "time" ? "time" : "whole",
    ...{ opensAt: at("opensAt"), closesAt: at("closesAt") },
    perPerson: perPerson === "" ? null : numberOf(perPerson),
    code: typed(form, "code"),
    isForMembers: typed(form, "isForMembers") !== "",
    groupName: groupName === "" ? null : groupName,
    isDonation: typed(form, "isDonation") !== "",
    isClosed: typed(form, "isClosed") !== "",
  };
}

/** The fields of a type as they stand; null: of a new one. */
export function typeFormOf(type: DeskType | null, { zone, isSeries }: DeskTime): AnyForm {
  if (type === null) return { price: "0", vatClass: "standard", covers: isSeries ? "time" : "whole" };
  const at = (date: Date | null) => (date === null ? "" : writeLocal(date, zone));
  return {
    ...{ name: type.name, price: (type.priceMinor / 100).toFixed(2), vatClass: type.vatClass, capacity: String(type.capacity ?? "") },
    ...{ covers: type.covers, opensAt: at(type.opensAt), closesAt: at(type.closesAt), perPerson: String(type.perPerson ?? "") },
    ...{
      code: type.code,
      groupName: type.groupName ?? "",
      isForMembers: type.isForMembers ? "on" : "",
      isDonation: type.isDonation ? "on" : "",
    },
    isClosed: type.isClosed ? "on" : "",
  };
}

/** What a form says of how places are given out. */
export function boxDraftOf(form: AnyForm): BoxDraft {
  const [capacity, refundHours] = [typed(form, "capacity"), typed(form, "refundHours")];
  return {
    capacity: capacity === "" ? null : numberOf(capacity),
    questions: [
      ...questionsOf(form["questions"] ?? ""),
      ...questionsOf(form["seatQuestions"] ?? "").map((question) => ({ ...question, isForEach: true })),
    ],
    refundHours: refundHours === "" ? null : numberOf(refundHours),
    canTransfer: typed(form, "canTransfer") !== "",
    hasWaitingList: typed(form, "hasWaitingList") !== "",
    offerMinutes: Math.round(Number(typed(form, "offerHours").replace(",", ".")) * 60),
  };
}

/** The same as fields. */
export function boxFormOf({ capacity, questions, refundHours, canTransfer, hasWaitingList, offerMinutes }: BoxDraft): AnyForm {
  return {
    ...{ capacity: String(capacity ?? ""), refundHours: String(refundHours ?? ""), offerHours: String(offerMinutes / 60) },
    ...{ canTransfer: canTransfer ? "on" : "", hasWaitingList: hasWaitingList ? "on" : "" },
    questions: linesOf(questions.filter(({ isForEach = false }) => !isForEach)),
    seatQuestions: linesOf(questions.filter(({ isForEach = false }) => isForEach)),
  };
}

function linesOf(questions: readonly TicketQuestion[]): string {
  return questions.map(({ label, options, isRequired }) => [`${label}${isRequired ? " *" : ""}`, ...options].join(" | ")).join("\n");
}

/** One a line, as "What do you eat? * | All | Vegan": a star for what has to be answered, answers after bars. */
function questionsOf(text: string): TicketQuestion[] {
  const lines = text
    .replaceAll("\u0000", "")
    .split(/\r?\n/)
    .map((line) => line.trim());
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const [first = "", ...options] = line.split("|").map((part) => part.trim());
      const label = first.replace(/\s*\*$/, "");
      const isRequired = label !== first;
      return { key: keyOf(label), label, options: options.filter((option) => option !== ""), isRequired };
    });
}

/** Stays the same as long as the words do, so that answers stay with their question. */
function keyOf(label: string): string {
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return plain.slice(0, 40).replace(/-+$/, "") || "question";
}

export function numberOf(text: string): number {
  return /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
}

/** "12", "12.5" and "£12.50" in pence. */
export function minorOf(text: string): number {
  const [, whole, part = ""] = /^£?(\d{1,6})(?:[.,](\d{1,2}))?$/.exec(text) ?? [];
  return whole === undefined ? Number.NaN : Number(whole) * 100 + Number(part.padEnd(2, "0"));
}
