import type { ChangeSetHead } from "@rose-ash/shared/contracts/change-sets.ts";
import { CHANGE_LINE_STATES, type ChangeLineState } from "@rose-ash/shared/models/change-sets.ts";

const WORDS: Record<ChangeLineState, { text: string; tone: string }> = {
  new: { text: "new", tone: "leaf" },
  changed: { text: "changes", tone: "leaf" },
  held: { text: "held", tone: "amber" },
  same: { text: "as it is", tone: "" },
  refused: { text: "refused", tone: "brick" },
  applied: { text: "done", tone: "leaf" },
  conflict: { text: "not done", tone: "brick" },
};

/** What a state of a line is called, with the tone of its badge. */
export function stateWord(state: ChangeLineState): { text: string; tone: string } {
  return WORDS[state];
}

/** The lines of a set by their state, as views of its page; states that no line has are left out. */
export function stateTabs({ counts }: ChangeSetHead, path: string, show: string) {
  const all = CHANGE_LINE_STATES.reduce((sum, state) => sum + counts[state], 0);
  const states = CHANGE_LINE_STATES.filter((state) => counts[state] > 0).map((state) => ({
    ...{ name: `${capital(WORDS[state].text)} ${counts[state]}`, url: `${path}?show=${state}`, isCurrent: show === state },
  }));
  return [{ name: `All ${all}`, url: path, isCurrent: show === "" }, ...states];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
