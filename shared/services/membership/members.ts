import { type SQL, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { DuesState, MemberFilter, MemberRow, MembershipService } from "../../contracts/membership.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { UserId } from "../../models/ids.ts";
import type { MembershipState } from "../../models/membership.ts";
import { duesSql } from "./dues-sql.ts";

const PER_PAGE = 40;

interface Row extends Record<string, unknown> {
  id: string;
  handle: string;
  name: string;
  email: string | null;
  created_at: string;
  groups: { name: string; state: MembershipState; dues: DuesState }[] | null;
}

const EMAIL = sql`(select email from user_emails as e where e.user_id = u.id and e.is_primary)`;

/** Members, for stewards. */
export function makeMembers(deps: ServiceDeps): Pick<MembershipService, "listMembers" | "getMember"> {
  const { db } = deps;
  const dues = duesSql(deps);
  const conditionOf = ({ words, groupId, dues: state }: MemberFilter): SQL => {
    const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
    const found =
      words === ""
        ? sql`true`
        : sql`(u.name ilike ${like} or u.handle ilike ${like} or exists (select from user_emails as e where e.user_id = u.id and e.email ilike ${like}))`;
    if (groupId === null && state === null) return found;
    return sql`${found} and exists (select from memberships as m join groups as g on g.id = m.group_id where m.user_id = u.id and m.state = 'member'
      and g.archived_at is null ${groupId === null ? sql`` : sql`and g.id = ${groupId}`} ${state === null ? sql`` : sql`and ${dues.state} = ${state}`})`;
  };
  return {
    async listMembers(filter, page) {
      const where = conditionOf(filter);
      const [{ rows }, counted] = await Promise.all([
        db.execute<Row>(sql`
          select u.id, u.handle, u.name, ${EMAIL} as email, u.created_at, (
            select json_agg(json_build_object('name', g.name, 'state', m.state, 'dues', ${dues.state}) order by g.name)
            from memberships as m join groups as g on g.id = m.group_id where m.user_id = u.id and m.state <> 'left' and g.archived_at is null) as groups
          from users as u where ${where} order by lower(u.name), u.id limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`),
        db.execute<{ n: number }>(sql`select count(*)::int as n from users as u where ${where}`),
      ]);
      return { members: rows.map(rowOf), page, pageCount: Math.max(1, Math.ceil((counted.rows[0]?.n ?? 0) / PER_PAGE)) };
    },
    async getMember(handle) {
      const { rows } = await db.execute<Row>(sql`
        select u.id, u.handle, u.name, ${EMAIL} as email, u.created_at, null as groups from users as u where u.handle = ${handle}`);
      const [found] = rows;
      if (found === undefined) throw new CodedError("not-found", "No member is called so.");
      const { groups: _none, ...member } = rowOf(found);
      return member;
    },
  };
}

function rowOf(row: Row): MemberRow {
  const { handle, name, email } = row;
  return { userId: Number(row.id) as UserId, handle, name, email, joinedAt: new Date(row.created_at), groups: row.groups ?? [] };
}
