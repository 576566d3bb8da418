import { CompactEncrypt, compactDecrypt } from "jose";

/**
 * Encrypts a text for the database (JWE, A256GCM). secret: of deriveSecret. about: whose it is: sealed for one, it opens for no other.
 */
export async function sealText(secret: Buffer, about: string, text: string): Promise<string> {
  const header = { alg: "dir", enc: "A256GCM", kid: about };
  return new CompactEncrypt(new TextEncoder().encode(text)).setProtectedHeader(header).encrypt(secret);
}

/** Null: it was sealed under another secret or for another, or it was changed. */
export async function openText(secret: Buffer, about: string, sealed: string): Promise<string | null> {
  const opened = await compactDecrypt(sealed, secret, { keyManagementAlgorithms: ["dir"] }).catch(() => null);
  return opened?.protectedHeader.kid === about ? new TextDecoder().decode(opened.plaintext) : null;
}
