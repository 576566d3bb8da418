import type { Tx } from "../../contracts/tx.ts";
import { hashToken, randomToken } from "../../infrastructure/keys/index.ts";
import { mailAddressOf } from "../../infrastructure/mail/index.ts";
import { auditEntries } from "../../models/audit.ts";
import { invitations } from "../../models/joining.ts";

export const ADMIN_INVITATION_DAYS = 7;

/**
 * An invitation by the hand of whoever runs the site: whoever proves that address becomes a member, and an admin of the site. Works
 * once, also where nobody else may join. Returns the secret half of its link; throws a sentence where that is no mail address.
 */
export async function inviteAdmin(tx: Tx, typed: string, now: Date): Promise<string> {
  const email = mailAddressOf(typed);
  if (email === null) throw new Error(`"${typed}" is no mail address`);
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + ADMIN_INVITATION_DAYS * 24 * 3_600_000);
  const [made] = await tx
    .insert(invitations)
    .values({ tokenHash: hashToken(token), email, makesAdmin: true, mayGiveRights: true, expiresAt, note: "By the operator" })
    .returning({ id: invitations.id });
  const done = { app: "account", actor: "app:account", action: "invite", subject: `invitation:${made?.id}` } as const;
  await tx
    .insert(auditEntries)
    .values({ ...done, reason: "An admin of the site, by the operator", before: null, after: { makesAdmin: true } });
  return token;
}
