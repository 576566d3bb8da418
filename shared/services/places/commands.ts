import { asc, eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { PlaceChange, PlaceResult, PlacesService } from "../../contracts/places.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { AuditState } from "../../models/audit.ts";
import type { MarketPlaceId, UserId } from "../../models/ids.ts";
import { marketPlaces } from "../../models/places.ts";
import { freeAddress, slugOf } from "../slugs.ts";
import { applyChange, leaveAddress } from "./apply-change.ts";

const DONE: Record<PlaceChange["kind"], string> = {
  details: "edit market place",
  hours: "set opening times",
  exception: "set other hours",
  "no-exception": "remove other hours",
  rule: "add to selection",
  "no-rule": "take from selection",
  pick: "pick product",
  "no-pick": "take out product",
  "move-pick": "move product",
  move: "move market place",
  remove: "remove market place",
};

/** What changes places. Whoever changes one holds its row: editors wait for each other. */
export function makePlaceCommands(audit: AuditService): Pick<PlacesService, "createPlace" | "changePlace"> {
  return {
    async createPlace(tx, { name, zone, by }) {
      const slug = await freeAddress(tx, "market_places.slug", slugOf(name, "place"));
      const position = sql<number>`(select coalesce(max(position), 0) + 1 from ${marketPlaces})`;
      const [made] = await tx.insert(marketPlaces).values({ name, slug, zone, position }).returning({ id: marketPlaces.id });
      if (!made) throw new Error("a place was not made");
      await leaveAddress(tx, slug);
      await note(tx, audit, { id: made.id, by, action: "create market place", before: null, after: { name, slug } });
      await tell(tx, "Create", made.id, by);
      return made.id;
    },
    async changePlace(tx, { id, by, change }) {
      const isHeld = change.kind === "move" ? sql`true` : eq(marketPlaces.id, id); // in one order, so that nobody waits in a circle
      const held = await tx.select().from(marketPlaces).where(isHeld).orderBy(asc(marketPlaces.id)).for("update");
      const place = held.find((row) => row.id === id);
      if (!place) return { kind: "gone" };
      if ("revision" in change && change.revision !== place.revision) return { kind: "conflict" };
      const result: PlaceResult = await applyChange(tx, place, change);
      if (result.kind !== "changed") return result;
      if (change.kind !== "remove") await tx.update(marketPlaces).set(COUNTED_UP).where(eq(marketPlaces.id, id));
      const { name, slug, isPublic } = place;
      await note(tx, audit, { id, by, action: DONE[change.kind], before: { name, slug, isPublic }, after: wordsOf(change) });
      await tell(tx, change.kind === "remove" ? "Delete" : "Update", id, by);
      return result;
    },
  };
}

const COUNTED_UP = { revision: sql`${marketPlaces.revision} + 1`, updatedAt: sql`now()` };

async function note(
  tx: Tx,
  audit: AuditService,
  { id, ...entry }: { id: MarketPlaceId; by: UserId; action: string; before: AuditState; after: AuditState },
): Promise<void> {
  await audit.record(tx, { app: "market", subject: `market place:${id}`, reason: "", ...entry });
}

async function tell(tx: Tx, type: "Create" | "Update" | "Delete", id: MarketPlaceId, by: UserId): Promise<void> {
  await emitActivity(tx, { originApp: "market", actorId: by, type, object: { type: "MarketPlace", id } });
  purgeOnCommit(tx, ["places"]);
}

/** What the log says of a change: plain values, and of long lists how many. */
function wordsOf(change: PlaceChange): AuditState {
  switch (change.kind) {
    case "details": {
      const { name, slug, zone, isPublic } = change.details;
      return { name, slug, zone, isPublic };
    }
    case "hours":
      return { hours: change.week.length };
    case "exception":
      return { days: change.days.join(" "), hours: change.hours.length, note: change.note };
    case "rule":
      return { ...change.rule };
    case "remove":
      return null;
    default: {
      const { kind, ...named } = change;
      return named;
    }
  }
}
