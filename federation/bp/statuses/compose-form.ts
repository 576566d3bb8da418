import type { Picture } from "@rose-ash/shared/contracts/dto.ts";
import type { StatusView } from "@rose-ash/shared/contracts/statuses.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";

/** A picture that was brought with a form that came back: it is kept, and shown again. */
export interface KeptPicture {
  readonly mediaId: MediaId;
  readonly alt: string;
  readonly picture: Picture;
}

/** The form of a post: what was typed, by field, and what is wrong with it. */
export interface ComposeForm {
  readonly typed: Readonly<Record<string, string>>;
  readonly messages: Readonly<Record<string, string>>;
  readonly kept: readonly KeptPicture[];
  readonly answersId: number | null;
  readonly label: string;
  readonly isShort: boolean;
  readonly isOpen: boolean;
}

const DEFAULTS = { text: "", warning: "", language: "en", visibility: "public", pollDays: "1" };

/** Nothing typed yet; of an answer: whom it goes to, and no wider than what it answers. language: what its writer writes in; "" or absent: nobody said. */
export function emptyForm({
  answers = null,
  isShort = false,
  language: own,
}: {
  answers?: { status: StatusView; text: string } | null;
  isShort?: boolean;
  language: string | undefined;
}): ComposeForm {
  const defaults = { ...DEFAULTS, language: own || DEFAULTS.language };
  const common = { messages: {}, kept: [], isShort, isOpen: false };
  if (answers === null) return { ...common, typed: defaults, answersId: null, label: "What would you like to say?" };
  const { status, text } = answers;
  const { visibility, warning, language } = status;
  return {
    ...common,
    typed: { ...defaults, text, warning, language: language ?? defaults.language, visibility },
    answersId: status.id,
    label: `Your reply to ${status.author.name}`,
  };
}

/** The same form again, with what was typed and what is to be put right. */
export function formAgain(
  typed: Readonly<Record<string, string>>,
  messages: Readonly<Record<string, string>>,
  kept: readonly KeptPicture[],
  answersId: number | null,
): ComposeForm {
  const isOpen = kept.length > 0 || Object.keys(messages).some((field) => field !== "text") || typed["warning"] !== "";
  const label = answersId === null ? "What would you like to say?" : "Your reply";
  return { typed: { ...DEFAULTS, ...typed }, messages, kept, answersId, label, isShort: false, isOpen };
}
