/** Scopes of Mastodon's client API: a wide one stands for those below it. */
const READ = [
  "accounts",
  "blocks",
  "bookmarks",
  "favourites",
  "filters",
  "follows",
  "lists",
  "mutes",
  "notifications",
  "search",
  "statuses",
];
const WRITE = [
  ...["accounts", "blocks", "bookmarks", "conversations", "favourites", "filters", "follows", "lists", "media", "mutes"],
  ...["notifications", "reports", "statuses"],
];
const FOLLOW = ["blocks", "follows", "mutes"].flatMap((what) => [`read:${what}`, `write:${what}`]);

export const CLIENT_SCOPES: readonly string[] = [
  ...["read", ...READ.map((what) => `read:${what}`)],
  ...["write", ...WRITE.map((what) => `write:${what}`)],
  ...["follow", "push", "profile"],
];

/** As a request has them, one space between two; null: one of them is none. */
export function readScopes(text: string): readonly string[] | null {
  const scopes = [...new Set(text.split(/[\s+]+/).filter((one) => one !== ""))];
  return scopes.length > 0 && scopes.every((one) => CLIENT_SCOPES.includes(one)) ? scopes : null;
}

/** Whether what was granted lets somebody do what needs this scope. */
export function covers(granted: readonly string[], wanted: string): boolean {
  const [wide = ""] = wanted.split(":", 1);
  return granted.includes(wanted) || granted.includes(wide) || (granted.includes("follow") && FOLLOW.includes(wanted));
}

export interface ScopeWords {
  readonly label: string;
  readonly hint: string;
}

const WORDS: readonly (ScopeWords & { readonly of: RegExp })[] = [
  { of: /^profile$/, label: "Know that it is you", hint: "Your name, handle and picture here." },
  {
    of: /^read(:|$)/,
    label: "Read what you can read",
    hint: "Your timelines, lists, notifications and direct posts, and whom you follow or hide.",
  },
  {
    of: /^write(:|$)/,
    label: "Write and act in your name",
    hint: "Post, reply, like and boost, change your profile and lists, delete what you wrote.",
  },
  { of: /^follow$/, label: "Follow, mute and block in your name", hint: "And answer those who ask to follow you." },
  { of: /^push$/, label: "Tell you of what is new", hint: "It may ask for notices to your phone, which we don’t send as yet." },
];
const NARROW: readonly (readonly [string, string])[] = [
  ["accounts", "profiles"],
  ["statuses", "posts"],
  ["favourites", "likes"],
];

/** What scopes let an app do, in words for the member who is asked; where it asks for parts only, which. */
export function wordsOfScopes(scopes: readonly string[]): readonly ScopeWords[] {
  return WORDS.flatMap(({ of, label, hint }) => {
    const asked = scopes.filter((scope) => of.test(scope));
    if (asked.length === 0) return [];
    const parts = asked.map((scope) => scope.split(":")[1]);
    if (parts.includes(undefined)) return [{ label, hint }];
    const named = parts.map((part = "") => NARROW.find(([name]) => name === part)?.[1] ?? part);
    return [{ label, hint: `Of these only: ${named.join(", ")}.` }];
  });
}
