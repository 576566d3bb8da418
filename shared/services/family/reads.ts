import { sql } from "drizzle-orm";
import type { FamilyService, FamilyTie, TieForStewards } from "../../contracts/family.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { GuardianshipId } from "../../models/ids.ts";

const MOST_FOR_STEWARDS = 200;

interface TieRow extends Record<string, unknown> {
  id: string;
  name: string;
  handle: string | null;
  state: FamilyTie["state"];
  since: string;
  isWard: boolean;
}

interface StewardRow extends Record<string, unknown>, Omit<TieForStewards, "id" | "since"> {
  id: string;
  since: string;
}

/** What members see of their families, and stewards of what waits for them. */
export function makeReads(db: Db): Pick<FamilyService, "getFamily" | "listForStewards"> {
  return {
    async getFamily(userId) {
      const { rows } = await db.execute<TieRow>(sql`
        select tie.id, coalesce(nullif(tie.ward_name, ''), other.name) as name, other.handle, tie.state,
          coalesce(tie.decided_at, tie.created_at) as since, tie.guardian_id = ${userId} as "isWard"
        from guardianships as tie
        left join users as other on other.id = case when tie.guardian_id = ${userId} then tie.ward_id else tie.guardian_id end
        where (tie.guardian_id = ${userId} or tie.ward_id = ${userId}) and tie.state in ('asked', 'active')
        order by name, tie.id`);
      const ties = (isWard: boolean) => rows.filter((row) => row.isWard === isWard).map(tieOf);
      return { wards: ties(true), guardians: ties(false) };
    },
    async listForStewards() {
      const { rows } = await db.execute<StewardRow>(sql`
        select tie.id, tie.state, json_build_object('name', guardian.name, 'handle', guardian.handle) as guardian,
          json_build_object('name', ward.name, 'handle', ward.handle) as ward, coalesce(tie.decided_at, tie.created_at) as since
        from guardianships as tie join users as guardian on guardian.id = tie.guardian_id join users as ward on ward.id = tie.ward_id
        where tie.state in ('asked', 'active')
        order by tie.state = 'active', case when tie.state = 'asked' then tie.id else -tie.id end limit ${MOST_FOR_STEWARDS}`);
      return rows.map(({ id, since, ...row }) => ({ ...row, id: Number(id) as GuardianshipId, since: new Date(since) }));
    },
  };
}

function tieOf({ id, name, handle, state, since }: TieRow): FamilyTie {
  return { id: Number(id) as GuardianshipId, name, handle, state, since: new Date(since) };
}
