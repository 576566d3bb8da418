import type { ErasureView } from "@rose-ash/shared/contracts/erasures.ts";
import { isSameSecret, keyedHash } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { SecretOf } from "@rose-ash/shared/infrastructure/service-deps.ts";

type Erasure = Pick<ErasureView, "id" | "askedAt">;

/** The path that undoes an erasure, for whoever has the mail. It says nothing of who it is, and nobody can make it without the secret. */
export function undoPath(secretOf: SecretOf, erasure: Erasure): string {
  return `/data/undo/${erasure.id}/${signatureOf(secretOf, erasure)}`;
}

export function isUndoSignature(secretOf: SecretOf, erasure: Erasure, signature: string): boolean {
  return isSameSecret(signatureOf(secretOf, erasure), signature);
}

/** Good for this request alone: a later one of the same member has another number and another moment. */
function signatureOf(secretOf: SecretOf, { id, askedAt }: Erasure): string {
  return keyedHash(secretOf("undo-erasure"), `${id} ${askedAt.getTime()}`);
}
