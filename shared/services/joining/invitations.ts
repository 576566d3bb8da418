import { and, eq, isNull, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { AcceptResult, InvitationState, InvitationView, JoiningService, OpenedInvitation } from "../../contracts/joining.ts";
import type { MembershipService } from "../../contracts/membership.ts";
import type { RelationsService } from "../../contracts/relations.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { hashToken, randomToken } from "../../infrastructure/keys/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { userEmails } from "../../models/identity.ts";
import type { GroupId, InvitationId, UserId } from "../../models/ids.ts";
import { invitations, invitationUses } from "../../models/joining.ts";
import { groups } from "../../models/membership.ts";
import { makeAdmin } from "../relations/grant-admin.ts";

const PER_PAGE = 30;
const DAY_MS = 24 * 3_600_000;

export interface InvitationParts {
  readonly audit: AuditService;
  readonly membership: Pick<MembershipService, "givesRights" | "putIn">;
  readonly relations: Pick<RelationsService, "mayWithin">;
}

type Invitations = Pick<JoiningService, "invite" | "openInvitation" | "accept" | "revoke" | "listInvitations">;

/** Links by which people come in. */
export function makeInvitations({ db, clock }: ServiceDeps, { audit, membership, relations }: InvitationParts): Invitations {
  return {
    async invite(tx, { email, note, groupId, mostUses, days, by }) {
      const mayGiveRights = await relations.mayWithin(tx, by, "grant-roles", "site");
      if (groupId !== null) {
        const [group] = await tx
          .select({ slug: groups.slug })
          .from(groups)
          .where(and(eq(groups.id, groupId), isNull(groups.archivedAt)));
        if (group === undefined) return { kind: "no-group" };
        if (!mayGiveRights && (await membership.givesRights(tx, group.slug))) return { kind: "gives-rights" };
      }
      const token = randomToken();
      const expiresAt = new Date(clock.now().getTime() + days * DAY_MS);
      const row = { tokenHash: hashToken(token), email, note, groupId, mostUses, mayGiveRights, madeBy: by, expiresAt };
      const [made] = await tx.insert(invitations).values(row).returning({ id: invitations.id });
      await audit.record(tx, {
        ...{ app: "account", by, action: "invite", subject: `invitation:${made?.id}`, reason: note || "An invitation", before: null },
        after: { groupId, mostUses, days },
      });
      return { kind: "invited", token };
    },
    async openInvitation(token, userId) {
      if (!isToken(token)) return { kind: "void" };
      if (userId !== null && (await wasUsedBy(db, token, userId))) return { kind: "used" };
      const found = await findOpen(db, token, clock.now());
      if (found === null) return { kind: "void" };
      const { note, groupName, makesAdmin, email, madeByName, expiresAt } = found;
      return {
        kind: "open",
        note,
        groupName,
        makesAdmin,
        isForOneAddress: email !== null,
        madeByName,
        expiresAt,
      } satisfies OpenedInvitation;
    },
    async accept(tx, token, userId): Promise<AcceptResult> {
      if (!isToken(token)) return { kind: "void" };
      const [found] = await tx
        .select()
        .from(invitations)
        .where(eq(invitations.tokenHash, hashToken(token)))
        .for("update");
      if (found === undefined) return { kind: "void" };
      const used = and(eq(invitationUses.invitationId, found.id), eq(invitationUses.userId, userId));
      if ((await tx.$count(invitationUses, used)) > 0) return { kind: "already" };
      if (found.revokedAt !== null || found.expiresAt <= clock.now() || found.uses >= found.mostUses) return { kind: "void" };
      if (found.email !== null && !(await isTheirs(tx, userId, found.email))) return { kind: "other-address" };
      if (found.groupId !== null) {
        // whoever made it may give rights then and now, and never gives any to themselves
        const entry = { groupId: found.groupId as GroupId, userId, by: found.madeBy ?? userId, how: "invitation" } as const;
        const mayStill = found.madeBy === null || (await relations.mayWithin(tx, found.madeBy, "grant-roles", "site"));
        const put = await membership.putIn(tx, { ...entry, mayGiveRights: found.mayGiveRights && mayStill });
        if (put.kind === "gives-rights" || put.kind === "about-oneself") return { kind: "void" };
      }
      await tx
        .update(invitations)
        .set({ uses: sql`${invitations.uses} + 1` })
        .where(eq(invitations.id, found.id));
      await tx.insert(invitationUses).values({ invitationId: found.id, userId });
      if (found.makesAdmin) await makeAdmin(tx, userId, "Invited by the operator");
      await emitActivity(tx, { originApp: "account", actorId: userId, type: "Accept", object: { type: "Invitation", id: found.id } });
      return { kind: "accepted" };
    },
    async revoke(tx, id, by) {
      const [gone] = await tx
        .update(invitations)
        .set({ revokedAt: clock.now() })
        .where(and(eq(invitations.id, id), isNull(invitations.revokedAt)))
        .returning({ uses: invitations.uses });
      if (gone === undefined) return false;
      const log = { app: "account", by, action: "revoke invitation", subject: `invitation:${id}`, reason: "Revoked on its page" } as const;
      await audit.record(tx, { ...log, before: { uses: gone.uses }, after: { isRevoked: true } });
      return true;
    },
    listInvitations: (page) => listInvitations(db, page, clock.now()),
  };
}

/** What a link has behind it; anything else is not even looked up. */
export const isToken = (token: string) => /^[\w-]{43}$/.test(token);

interface Open extends Record<string, unknown> {
  email: string | null;
  note: string;
  groupName: string | null;
  makesAdmin: boolean;
  madeByName: string | null;
  expiresAt: Date;
}

/** The invitation that this link opens now; null: none. */
export async function findOpen(from: Db | Tx, token: string, now: Date): Promise<Open | null> {
  const { rows } = await from.execute<Omit<Open, "expiresAt"> & { expiresAt: string }>(sql`
    select i.email, i.note, g.name as "groupName", i.makes_admin as "makesAdmin", u.name as "madeByName", i.expires_at as "expiresAt"
    from invitations as i left join groups as g on g.id = i.group_id left join users as u on u.id = i.made_by
    where i.token_hash = ${hashToken(token)} and i.revoked_at is null and i.expires_at > ${now} and i.uses < i.most_uses and g.archived_at is null`);
  const [row] = rows;
  return row === undefined ? null : ({ ...row, expiresAt: new Date(row.expiresAt) } as Open);
}

async function wasUsedBy(db: Db, token: string, userId: UserId): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select from invitation_uses as used join invitations as i on i.id = used.invitation_id where i.token_hash = ${hashToken(token)} and used.user_id = ${userId}`);
  return rows.length > 0;
}

async function isTheirs(tx: Tx, userId: UserId, email: string): Promise<boolean> {
  const own = and(eq(userEmails.userId, userId), eq(userEmails.email, email), sql`${userEmails.verifiedAt} is not null`);
  return (await tx.$count(userEmails, own)) > 0;
}

interface Listed extends Record<string, unknown> {
  id: string;
  email: string | null;
  note: string;
  group_name: string | null;
  makes_admin: boolean;
  uses: number;
  most_uses: number;
  made_by_name: string | null;
  created_at: string;
  expires_at: string;
  state: InvitationState;
  people: { handle: string; name: string }[] | null;
}

async function listInvitations(db: Db, page: number, now: Date): ReturnType<JoiningService["listInvitations"]> {
  const count = await db.$count(invitations);
  const { rows } = await db.execute<Listed>(sql`
    select i.id, i.email, i.note, g.name as group_name, i.makes_admin, i.uses, i.most_uses, u.name as made_by_name, i.created_at, i.expires_at,
      case when i.revoked_at is not null then 'revoked' when i.uses >= i.most_uses then 'used-up' when i.expires_at <= ${now} then 'expired' else 'open' end as state,
      (select json_agg(json_build_object('handle', p.handle, 'name', p.name) order by used_at) from invitation_uses join users as p on p.id = user_id
        where invitation_id = i.id) as people
    from invitations as i left join groups as g on g.id = i.group_id left join users as u on u.id = i.made_by
    order by i.created_at desc, i.id desc limit ${PER_PAGE} offset ${(page - 1) * PER_PAGE}`);
  return { invitations: rows.map(viewOf), page, pageCount: Math.max(1, Math.ceil(count / PER_PAGE)) };
}

function viewOf(row: Listed): InvitationView {
  return {
    ...{ id: Number(row.id) as InvitationId, email: row.email, note: row.note, groupName: row.group_name, makesAdmin: row.makes_admin },
    ...{ uses: row.uses, mostUses: row.most_uses, madeByName: row.made_by_name, state: row.state, people: row.people ?? [] },
    ...{ createdAt: new Date(row.created_at), expiresAt: new Date(row.expires_at) },
  };
}
