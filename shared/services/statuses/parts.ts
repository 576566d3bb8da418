import { sql } from "drizzle-orm";
import type { PersonView } from "../../contracts/people.ts";
import type { RelationHandle, RelationsService } from "../../contracts/relations.ts";
import type { Reader } from "../../contracts/statuses.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { serviceActors } from "../people/service-actors.ts";
import { type Eyes, GUEST } from "./visible.ts";

/** What all of this folder needs. */
export interface StatusParts {
  readonly db: ServiceDeps["db"];
  readonly clock: ServiceDeps["clock"];
  readonly publicUrl: ServiceDeps["publicUrl"];
  /** Our own services, by their actors. */
  readonly services: ReadonlyMap<string, PersonView>;
  /** The actor of a member, or null of a guest. */
  actorOf(reader: Reader): string;
  /** With whose eyes a status is looked at; reader null: a guest's. */
  eyesOf(reader: Reader | null): Promise<Eyes>;
  eyesOfActor(actor: string): Promise<Eyes>;
}

const FOLLOWS: RelationHandle<{ actor: string; followed: string }> = {
  relation: "federation.follows",
  columns: { actor: "text", followed: "text" },
};

export function partsOf({ db, clock, publicUrl }: ServiceDeps, relations: Pick<RelationsService, "list">): StatusParts {
  const actorOf = ({ handle }: Reader) => publicUrl("federation", `/ap/members/${handle}`);
  const eyesOfActor = async (me: string): Promise<Eyes> => {
    if (!(await hasRules(db, me))) return { me, byRule: [] };
    const rows = await relations.list(FOLLOWS, { actor: me });
    return { me, byRule: rows.map(({ followed }) => followed) };
  };
  return {
    ...{ db, clock, publicUrl, actorOf, eyesOfActor, services: serviceActors(publicUrl) },
    eyesOf: async (reader) => (reader === null ? GUEST : eyesOfActor(actorOf(reader))),
  };
}

/** Whether anything but tables may have them follow somebody: only then the rules are asked, which is dear for whoever follows thousands. */
async function hasRules(db: Db | Tx, actor: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from relation_facts where relation in ('federation.auto_follow', 'federation.follows') and arguments -> 0 = to_jsonb(${actor}::text)
      and (expires_at is null or expires_at > now()) limit 1`);
  return rows.length > 0;
}

/** The actor of whoever reads; null: a guest. */
export const actorOrNull = (parts: StatusParts, reader: Reader | null) => (reader === null ? null : parts.actorOf(reader));
