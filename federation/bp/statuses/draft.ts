import { type DraftPicture, STATUS_LIMITS, type StatusDraft, type StatusVisibility } from "@rose-ash/shared/contracts/statuses.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import type { SentForm } from "./read-form.ts";

const VISIBILITIES: readonly StatusVisibility[] = ["public", "unlisted", "followers", "direct"];
const POLL_DAYS = [1, 3, 7, 30];
const DAY_MS = 24 * 3_600_000;
const OPTIONS = 4;

type Draft = Omit<StatusDraft, "mentions" | "about">;
export type ReadDraft =
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: "wrong"; readonly messages: Record<string, string> };

/** What a form says, or by field what is to be put right. */
export function readDraft({ fields, kept, messages }: SentForm, now: Date): ReadDraft {
  const wrong: Record<string, string> = { ...messages };
  const words = readWords(fields, wrong);
  const pictures = picturesIn(kept, fields, wrong);
  const poll = pollIn(fields, now, wrong);
  if (poll !== null && pictures.length > 0) wrong["poll"] = "A post has pictures or a poll, not both.";
  if (words.text.trim() === "" && pictures.length === 0 && wrong["text"] === undefined) wrong["text"] = "Write something first.";
  if (Object.keys(wrong).length > 0) return { kind: "wrong", messages: wrong };
  const visibility = VISIBILITIES.find((one) => one === fields["visibility"]) ?? "followers"; // whoever says nothing says it to few
  const answers = Number(fields["answers"] ?? "");
  return {
    kind: "draft",
    draft: { ...words, visibility, answers: Number.isSafeInteger(answers) && answers > 0 ? (answers as StatusId) : null, pictures, poll },
  };
}

/** The words alone, as an edit changes them. */
export function readWords(
  fields: Readonly<Record<string, string>>,
  wrong: Record<string, string>,
): Pick<Draft, "text" | "warning" | "language"> {
  const { text = "", warning = "", language = "" } = fields;
  if (text.length > STATUS_LIMITS.text) wrong["text"] = `That is ${text.length} characters: a post has ${STATUS_LIMITS.text} at most.`;
  if (warning.length > STATUS_LIMITS.warning) wrong["warning"] = `A warning has ${STATUS_LIMITS.warning} characters at most.`;
  return { text, warning: warning.trim(), language: /^[a-z]{2,3}$/.test(language) ? language : "en" };
}

/** Every picture says what it shows, for those who can't see it. */
function picturesIn(
  kept: SentForm["kept"],
  fields: Readonly<Record<string, string>>,
  wrong: Record<string, string>,
): readonly DraftPicture[] {
  for (const [index, { alt }] of kept.entries())
    if (alt === "") wrong[`keptAlt${index + 1}`] = "Say what it shows, for those who can’t see it.";
  const described = kept.map(({ mediaId, alt }) => ({ mediaId, alt }));
  if (new Set(described.map(({ mediaId }) => mediaId)).size < described.length) wrong["text"] = "The same picture is there twice.";
  const tooLong = Object.entries(fields).find(([name, value]) => /^(keptAlt|alt)\d$/.test(name) && value.length > STATUS_LIMITS.alt);
  if (tooLong !== undefined) wrong[tooLong[0]] = `That is longer than ${STATUS_LIMITS.alt} characters.`;
  return described;
}

function pollIn(fields: Readonly<Record<string, string>>, now: Date, wrong: Record<string, string>): StatusDraft["poll"] {
  const options = Array.from({ length: OPTIONS }, (_, index) => (fields[`option${index + 1}`] ?? "").trim()).filter(
    (option) => option !== "",
  );
  if (options.length === 0) return null;
  if (options.length === 1) wrong["poll"] = "A poll needs two answers at least.";
  if (new Set(options).size < options.length) wrong["poll"] = "Two answers are the same.";
  if (options.some((option) => option.length > STATUS_LIMITS.option))
    wrong["poll"] = `An answer has ${STATUS_LIMITS.option} characters at most.`;
  const days = POLL_DAYS.find((one) => String(one) === fields["pollDays"]) ?? 1;
  return { options, isMultiple: fields["isMultiple"] === "yes", endsAt: new Date(now.getTime() + days * DAY_MS) };
}
