import type { BlogConfig } from "../../config/schema.ts";

/** Where a Ghost is, and how it knows us. */
export interface GhostSettings {
  /** Without a slash at its end. A Ghost below a path has it here too. */
  readonly url: string;
  readonly keyId: string;
  readonly keySecret: Buffer;
  /** Null: no webhooks are taken. */
  readonly webhookSecret: string | null;
}

/** Null: there is no Ghost. Both or none of address and key are given. */
export function ghostSettings({ GHOST_URL, GHOST_ADMIN_KEY, GHOST_WEBHOOK_SECRET }: BlogConfig): GhostSettings | null {
  if (GHOST_URL === undefined && GHOST_ADMIN_KEY === undefined) return null;
  if (GHOST_URL === undefined || GHOST_ADMIN_KEY === undefined) {
    throw new Error("GHOST_URL and GHOST_ADMIN_KEY belong together: set both, or neither");
  }
  const [keyId = "", secret = ""] = GHOST_ADMIN_KEY.split(":");
  return { url: GHOST_URL.replace(/\/+$/, ""), keyId, keySecret: Buffer.from(secret, "hex"), webhookSecret: GHOST_WEBHOOK_SECRET ?? null };
}
