import { and, desc, eq, inArray } from "drizzle-orm";
import type { FediverseService, Json } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apOutgoing } from "../../models/fediverse.ts";

type Said = Pick<FediverseService, "findSaid" | "findSaidObject" | "findObjectUri">;

/** What makes an object of ours what it is to the world. */
const TELLING = ["Create", "Update", "Delete"];

export function makeSaid({ db }: ServiceDeps): Said {
  return {
    async findSaid(uri) {
      const isForAll = inArray(apOutgoing.visibility, ["public", "unlisted"]);
      const [row] = await db
        .select({ document: apOutgoing.document })
        .from(apOutgoing)
        .where(and(eq(apOutgoing.uri, uri), isForAll));
      return row === undefined ? null : (JSON.parse(row.document) as Json); // as it was serialised
    },
    async findSaidObject(uri) {
      const [row] = await db
        .select({ type: apOutgoing.type, document: apOutgoing.document, visibility: apOutgoing.visibility, at: apOutgoing.publishedAt })
        .from(apOutgoing)
        .where(and(eq(apOutgoing.object, uri), inArray(apOutgoing.type, TELLING)))
        .orderBy(desc(apOutgoing.id))
        .limit(1);
      if (row === undefined) return null;
      const { object } = JSON.parse(row.document) as { object: Json }; // all of these types carry theirs
      if (row.type === "Delete") return { kind: "withdrawn", formerType: String(object["formerType"] ?? "Object"), at: row.at };
      return { kind: "said", object, visibility: row.visibility };
    },
    async findObjectUri({ type, id }) {
      const [row] = await db
        .select({ object: apOutgoing.object })
        .from(apOutgoing)
        .where(and(eq(apOutgoing.objectType, type), eq(apOutgoing.objectId, id), inArray(apOutgoing.type, TELLING)))
        .orderBy(desc(apOutgoing.id))
        .limit(1);
      return row?.object ?? null;
    },
  };
}
