import type { KeySource } from "../../../services/payments/settings.ts";

/** What is said of a merchant's key. tone: of its badge. */
export interface KeyWords {
  source: KeySource;
  words: string;
  tone: string;
  setAt: Date | null;
}

const WORDS: Readonly<Record<KeySource, { words: string; tone: string }>> = {
  settings: { words: "key in SUMUP_KEYS", tone: "leaf" },
  kept: { words: "has a key", tone: "leaf" },
  simulator: { words: "paid by the simulator", tone: "" },
  unreadable: { words: "the key does not open", tone: "brick" },
  none: { words: "no key", tone: "amber" },
};

export function keyWords(source: KeySource, setAt: Date | null): KeyWords {
  return { source, ...WORDS[source], setAt: source === "kept" ? setAt : null };
}
