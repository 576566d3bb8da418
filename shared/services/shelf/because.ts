import { sql } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivities } from "../../infrastructure/activities/index.ts";
import type { ActivityDetails } from "../../models/federation.ts";
import type { ProductId, UserId } from "../../models/ids.ts";
import { tellAnew } from "./announcements.ts";

/** What a note about a product says of it. */
const TOLD: readonly string[] = ["name", "description", "picture"];

/** Because of whom: a person, or what a supplier says, which a person or a rule took over. */
export type Because = { userId: UserId | null; reason: string; sourceId?: number } | { sourceId: number };

/** A field of a product, before and after; reason: where it has one of its own. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
  reason?: string;
}

/** Writes into the history what changed, in this order. */
export async function noteChanges(tx: Tx, changes: readonly (FieldChange & { productId: ProductId; because: Because })[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ because, ...change }) => ({ userId: null, sourceId: null, reason: "", ...because, ...change }));
  await tx.execute(sql`
    insert into product_changes (product_id, user_id, source_id, field, before, after, reason)
    select "productId", "userId", "sourceId", field, before, after, reason
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as change ("productId" bigint, "userId" bigint, "sourceId" bigint, field text, before jsonb, after jsonb, reason text)`);
}

/** A product of which something changed. */
interface Changed {
  id: ProductId;
  because: Because;
  fields: readonly string[];
  details?: ActivityDetails;
}

/** Tells whoever cares what of which products changed, and the world, where a note about a product says something of that. */
export async function announceChanges(tx: Tx, changed: readonly Changed[]): Promise<void> {
  const faces = await tellAnew(
    tx,
    changed.filter(({ fields }) => fields.some((field) => TOLD.includes(field))).map(({ id }) => id),
  );
  await emitActivities(
    tx,
    { originApp: "market", type: "Update", objectType: "Product" },
    changed.map(({ id, because, fields, details = {} }) => {
      const face = faces.get(id);
      const named = fields.length > 0 ? { fields: fields.join(" ") } : {};
      // to the world it is the shop that says so
      const actorId = !face && "userId" in because ? because.userId : null;
      return { id, actorId, details: { ...named, ...details, ...face }, visibility: face ? "public" : "internal" };
    }),
  );
}
