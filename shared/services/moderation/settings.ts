import { eq } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { ModerationService } from "../../contracts/moderation.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments } from "../../models/fediverse.ts";
import { moderationSettings } from "../../models/moderation.ts";
import { settleThreadsOf } from "../comments/threads.ts";

type Settings = Pick<ModerationService, "getSettings" | "saveSettings">;

/** What stewards set for the whole site. */
export function makeSettings({ db }: ServiceDeps, { audit }: { audit: AuditService }): Settings {
  const columns = { commentRule: moderationSettings.commentRule, isAllowList: moderationSettings.isAllowList };
  return {
    async getSettings() {
      const [row] = await db.select(columns).from(moderationSettings);
      return row ?? { commentRule: "first-waits", isAllowList: false };
    },
    async saveSettings(tx, settings, { by, reason }) {
      const [before = { commentRule: "first-waits", isAllowList: false }] = await tx.select(columns).from(moderationSettings).for("update");
      await tx
        .insert(moderationSettings)
        .values({ ...settings })
        .onConflictDoUpdate({ target: moderationSettings.id, set: { ...settings } });
      await audit.record(tx, {
        app: "federation",
        by,
        action: "set moderation",
        subject: "moderation",
        reason,
        before: { ...before },
        after: { ...settings },
      });
      // who is let in changes what is shown under many things: each is counted anew
      if (before.isAllowList !== settings.isAllowList) await settleThreadsOf(tx, eq(apDocuments.moderation, "shown"));
      purgeOnCommit(tx, ["comments"]);
    },
  };
}
