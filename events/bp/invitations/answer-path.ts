import { deriveSecret, isSameSecret, keyedHash } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { EntryGuestId } from "@rose-ash/shared/models/ids.ts";

/** Where a guest answers: only who got the mail knows the last part, which nothing stores. */
export function answerPath(deploymentSecret: string, guestId: EntryGuestId): string {
  return `/invitations/${guestId}/${tokenOf(deploymentSecret, guestId)}`;
}

export function isAnswerToken(deploymentSecret: string, guestId: EntryGuestId, token: string): boolean {
  return isSameSecret(token, tokenOf(deploymentSecret, guestId));
}

function tokenOf(deploymentSecret: string, guestId: EntryGuestId): string {
  return keyedHash(deriveSecret(deploymentSecret, "calendar invitations"), String(guestId));
}
