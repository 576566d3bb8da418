import { randomUUID } from "node:crypto";
import type { Statement } from "@rose-ash/shared/contracts/fediverse.ts";
import { ACTIVITY_CONTEXT, type LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";

/** An address for something that one of ours is about to say. */
export const activityUri = (publicUrl: PublicUrl, actor: LocalActor, kind: string): string =>
  publicUrl(actor.app, `/ap/activities/${kind}-${randomUUID()}`);

/** What one of ours says to one actor, and to nobody besides. */
export function statementTo(
  actor: LocalActor,
  to: string,
  { uri, type, object, document }: Pick<Statement, "uri" | "type" | "object" | "document">,
): Statement {
  return {
    ...{ uri, type, object, app: actor.app, actor: actor.uri },
    document: { "@context": ACTIVITY_CONTEXT, id: uri, type, actor: actor.uri, to: [to], ...document },
    ...{ visibility: "direct", isListed: false, isForFollowers: false, to: [to], activityId: null, source: null },
  };
}
