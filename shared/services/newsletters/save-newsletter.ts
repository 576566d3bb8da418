import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { NewsletterSettings, NewslettersService } from "../../contracts/newsletters.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { NewsletterId, UserId } from "../../models/ids.ts";
import { newsletters } from "../../models/newsletters.ts";

export async function saveNewsletter(
  tx: Tx,
  { id, settings, by }: { id: NewsletterId | null; settings: NewsletterSettings; by: UserId },
  audit: AuditService,
): ReturnType<NewslettersService["saveNewsletter"]> {
  const { slug, ...rest } = settings;
  const [before] = id === null ? [] : await tx.select().from(newsletters).where(eq(newsletters.id, id)).for("update");
  if (id !== null && !before) throw new CodedError("not-found", "There is no such list.", { id });
  const position = sql`(select coalesce(max(position), 0) + 1 from ${newsletters})`;
  const [saved] = before
    ? await tx.update(newsletters).set(rest).where(eq(newsletters.id, before.id)).returning({ id: newsletters.id })
    : await tx
        .insert(newsletters)
        .values({ slug, ...rest, position })
        .onConflictDoNothing()
        .returning({ id: newsletters.id });
  if (!saved) return { kind: "slug-taken" };
  await audit.record(tx, {
    ...{ app: "account", by, action: before ? "change newsletter" : "make newsletter", subject: `newsletter:${slug}`, reason: "" },
    ...{ before: before ? stateOf(before) : null, after: stateOf(rest) },
  });
  return { kind: "saved", id: saved.id };
}

function stateOf({ name, isOpen, groupName, digestWeekday }: Omit<NewsletterSettings, "slug">) {
  return { name, isOpen, group: groupName ?? "", digestWeekday: digestWeekday ?? "" };
}
