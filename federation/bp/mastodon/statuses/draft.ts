import { STATUS_LIMITS, type StatusDraft, type StatusView, type StatusVisibility } from "@rose-ash/shared/contracts/statuses.ts";
import { z } from "zod";
import { VISIBILITIES } from "../../../mastodon/entities/status.ts";
import { invalid } from "../errors.ts";
import { flag, listOf, text, wholeNumber } from "../params.ts";

const POLL_SECONDS = { least: 300, most: STATUS_LIMITS.pollDays * 86_400 };
/** What hides a picture where an app says that it is not for everybody's eyes, and gives no words for it. */
const SENSITIVE = "Sensitive content";

/** The words of a post, as forms of apps send them. */
export const wordParams = {
  status: text(100_000).default(""),
  spoiler_text: text(10_000).default(""),
  sensitive: flag.default(false),
  language: text(100).optional(),
};
const poll = z.object({
  options: listOf(text(1000), 50),
  expires_in: wholeNumber(POLL_SECONDS.least, POLL_SECONDS.most),
  multiple: flag.default(false),
});
export const draftParams = z.object({
  ...wordParams,
  media_ids: listOf(text(100), 20),
  poll: poll.nullish(),
  ...{
    in_reply_to_id: text(100).optional(),
    visibility: text(100).optional(),
    scheduled_at: text(100).optional(),
    quoted_status_id: text(100).optional(),
  },
});

type Words = Pick<StatusDraft, "text" | "warning" | "language">;

/** Throws 422 for what is longer than a post of ours. language: of the post before, where the app names none. */
export function readWords(
  { status, spoiler_text, sensitive, language }: z.output<z.ZodObject<typeof wordParams>>,
  hasMedia: boolean,
): Words {
  if (status.length > STATUS_LIMITS.text) throw invalid(`Text character limit of ${STATUS_LIMITS.text} exceeded`);
  const warning = spoiler_text.trim() === "" && sensitive && hasMedia ? SENSITIVE : spoiler_text.trim();
  if (warning.length > STATUS_LIMITS.warning) throw invalid(`Content warning character limit of ${STATUS_LIMITS.warning} exceeded`);
  const [primary = ""] = (language ?? "").toLowerCase().split(/[-_]/);
  return { text: status, warning, language: /^[a-z]{2,3}$/.test(primary) ? primary : "en" };
}

/** Mastodon's words for who may see it; of an answer, where the app says nothing, no wider than what it answers. */
export function readVisibility(given: string | undefined, answered: StatusView | null): StatusVisibility {
  if (given === undefined || given === "") return answered?.visibility ?? "public";
  const found = Object.entries(VISIBILITIES).find(([, theirs]) => theirs === given)?.[0];
  if (found === undefined) throw invalid("Visibility is not included in the list");
  return found as StatusVisibility; // a key of the record
}

/** Null: it asks nothing. */
export function readPoll(given: z.output<typeof poll> | null | undefined, now: Date): StatusDraft["poll"] {
  if (given === null || given === undefined || given.options.length === 0) return null;
  const options = given.options.map((option) => option.trim()).filter((option) => option !== "");
  if (options.length < 2) throw invalid("Poll must have more than one item");
  if (options.length > STATUS_LIMITS.options) throw invalid(`Poll can't contain more than ${STATUS_LIMITS.options} items`);
  if (options.some((option) => option.length > STATUS_LIMITS.option))
    throw invalid(`Poll options can't be longer than ${STATUS_LIMITS.option} characters each`);
  if (new Set(options).size < options.length) throw invalid("Poll contains duplicate items");
  return { options, isMultiple: given.multiple, endsAt: new Date(now.getTime() + given.expires_in * 1000) };
}
