import type { AuditService } from "../../contracts/audit.ts";
import type { SecurityEventKind } from "../../contracts/identity.ts";
import type { ClientDetails } from "../../contracts/oauth-clients.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { AuditState } from "../../models/audit.ts";
import type { UserId } from "../../models/ids.ts";
import { noteSecurityEvent } from "../identity/security-events.ts";

/** A change of an app by its maker. */
interface Change {
  kind: Extract<SecurityEventKind, `app-${string}`>;
  ownerId: UserId;
  clientId: string;
  name: string;
  before: AuditState;
  after: AuditState;
}

const ACTIONS: Partial<Record<SecurityEventKind, string>> = {
  "app-registered": "register app",
  "app-changed": "change app",
  "app-secret-replaced": "replace app secret",
  "app-removed": "remove app",
};

/** Writes it to the log for the admins, and among what happened lately for its maker. */
export async function recordChange(tx: Tx, audit: AuditService, { kind, ownerId, clientId, name, ...states }: Change): Promise<void> {
  const done = { action: ACTIONS[kind] ?? kind, subject: `app:${clientId}`, reason: "Its maker’s own doing, under Settings" };
  await audit.record(tx, { app: "federation", by: ownerId, ...done, ...states });
  await noteSecurityEvent(tx, ownerId, kind, { id: clientId, name });
}

/** An app as the log keeps it; of its secret only when it was made. */
export function stateOf({ name, redirectUris, logoutUris, backchannelUri, secretMadeAt }: ClientDetails & { secretMadeAt: Date | null }) {
  return {
    name,
    redirectUris: redirectUris.join(" "),
    logoutUris: logoutUris.join(" "),
    backchannelUri,
    secretMadeAt: secretMadeAt?.toISOString() ?? null,
  };
}
