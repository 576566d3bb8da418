import type { State } from "./keeper.ts";

const KEPT = "Your text is kept in this browser.";
const NOT_KEPT = "This browser keeps nothing: copy your text before you leave.";

/** The text is saved, and what stands beside it is not. */
export const BESIDE = "The text is saved. What you filled in beside it is kept in this browser until you save.";

/** How it stands with the text, for the line above the editor. */
export function lineFor(state: State, isPublic: boolean): string {
  switch (state.kind) {
    case "saved":
      return "Saved.";
    case "saving":
      return "Saving…";
    case "unsaved":
      if (!state.isKept) return `Not saved yet. ${NOT_KEPT}`;
      return isPublic ? `Changed, not public yet. ${KEPT}` : "Not saved yet.";
    case "offline":
      return `The server can’t be reached. ${state.isKept ? KEPT : NOT_KEPT} It is tried again.`;
    case "conflict":
      return `Not saved: somebody else saved this text. ${KEPT}`;
    case "refused":
      return `Not saved: ${state.message}`;
  }
}

/** As people write a time of today, or the day as well. */
export function timeOf(iso: string): string {
  const at = new Date(iso);
  const isToday = at.toDateString() === new Date().toDateString();
  return at.toLocaleString(document.documentElement.lang, isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
}

export const plural = (count: number): string => (count === 1 ? "1 word" : `${count} words`);
