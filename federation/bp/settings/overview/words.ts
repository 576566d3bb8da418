import type { SecurityEvent, SecurityEventKind } from "@rose-ash/shared/contracts/identity.ts";

const WORDS: Record<SecurityEventKind, readonly [named: string, unnamed: string]> = {
  "signed-in": ["Signed in with", "Signed in"],
  "signed-out-there": ["Signed out of", "Signed out of another browser"],
  "email-changed": ["Changed the address", "Changed the address that you sign in with"],
  "passkey-added": ["Added the passkey", "Added a passkey"],
  "passkey-removed": ["Removed the passkey", "Removed a passkey"],
  "app-let-in": ["Let in", "Let an app in"],
  "app-disconnected": ["Disconnected", "Disconnected an app"],
  "app-registered": ["Registered the app", "Registered an app"],
  "app-changed": ["Changed the app", "Changed an app"],
  "app-secret-replaced": ["Made a new secret for", "Made a new secret for an app"],
  "app-removed": ["Removed the app", "Removed an app"],
};

/** What happened, in words around the name of what it happened to. */
export function wordsOf({ kind, name, at }: SecurityEvent): { words: string; name: string; at: Date } {
  const [named, unnamed] = WORDS[kind];
  return { words: name === "" ? unnamed : named, name, at };
}
