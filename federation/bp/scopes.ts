/** What a scope lets an app do, in words for the member who is asked. */
export interface ScopeWords {
  scope: string;
  label: string;
  hint: string;
}

const WORDS: readonly ScopeWords[] = [
  { scope: "openid", label: "Know that it is you", hint: "It learns a number that stands for you here, and nothing else." },
  { scope: "profile", label: "See your name and handle", hint: "As they stand beside what you write." },
  { scope: "email", label: "See your mail address", hint: "So it could write to you." },
  { scope: "roles", label: "See your offices", hint: "Whether you are an admin, an editor or a steward here." },
  { scope: "offline_access", label: "Stay connected while you are away", hint: "It may look again without you, until you disconnect it." },
];

/** The words for these scopes, in an order that goes from little to much; unknown ones are left out. */
export function wordsOf(scopes: readonly string[]): ScopeWords[] {
  return WORDS.filter(({ scope }) => scopes.includes(scope));
}
