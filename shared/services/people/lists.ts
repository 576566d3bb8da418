import { and, asc, count, eq, sql } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { ListView, PeopleService } from "../../contracts/people.ts";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { PeopleListId, UserId } from "../../models/ids.ts";
import { peopleListMembers, peopleLists } from "../../models/people.ts";
import type { FindPeople } from "./find-people.ts";
import { inOrder } from "./follows.ts";

type Lists = Pick<
  PeopleService,
  | "listLists"
  | "listListsWith"
  | "getList"
  | "listPeopleOfList"
  | "makeList"
  | "renameList"
  | "removeList"
  | "addToList"
  | "removeFromList"
  | "carryLists"
>;

const isOwn = (userId: UserId, id: PeopleListId) => and(eq(peopleLists.id, id), eq(peopleLists.userId, userId));

export function makeLists({ db, publicUrl }: ServiceDeps, findPeople: FindPeople): Lists {
  const members = publicUrl("federation", "/ap/members/");
  return {
    listLists: (userId) =>
      db
        .select({ id: peopleLists.id, name: peopleLists.name, count: count(peopleListMembers.person) })
        .from(peopleLists)
        .leftJoin(peopleListMembers, eq(peopleListMembers.listId, peopleLists.id))
        .where(eq(peopleLists.userId, userId))
        .groupBy(peopleLists.id)
        .orderBy(asc(peopleLists.name), asc(peopleLists.id)),
    async listListsWith(userId, person) {
      const { rows } = await db.execute<{ id: string; name: string }>(sql`
        select people_lists.id, name from people_lists join people_list_members on list_id = people_lists.id
        where user_id = ${userId} and person = ${person} order by name, people_lists.id`);
      return rows.map(({ id, name }) => ({ id: Number(id) as PeopleListId, name, count: 0 }));
    },
    async getList(userId, id) {
      const list = await getOwn(db, userId, id);
      const rows = await db
        .select({ uri: peopleListMembers.person })
        .from(peopleListMembers)
        .where(eq(peopleListMembers.listId, id))
        .orderBy(asc(peopleListMembers.createdAt), asc(peopleListMembers.person));
      const people = inOrder(await findPeople(rows.map(({ uri }) => uri)), rows);
      return { ...list, count: rows.length, people };
    },
    async listPeopleOfList(userId, id) {
      await getOwn(db, userId, id);
      const { rows } = await db.execute<{ person: string }>(sql`
        select person from people_list_members
        join people_lists on people_lists.id = people_list_members.list_id
        join users on users.id = people_lists.user_id
        join ap_follows on follower = ${members}::text || users.handle and followed = person and state = 'accepted'
        where list_id = ${id}
        order by person`);
      return rows.map(({ person }) => person);
    },
    async makeList(tx, userId, name) {
      const [row] = await tx.insert(peopleLists).values({ userId, name }).onConflictDoNothing().returning({ id: peopleLists.id });
      return row?.id ?? null;
    },
    async renameList(tx, userId, id, name) {
      await getOwn(tx, userId, id);
      const { rowCount } = await tx
        .update(peopleLists)
        .set({ name })
        .where(
          and(
            isOwn(userId, id),
            sql`not exists (select from people_lists as other where other.user_id = ${userId} and other.name = ${name} and other.id <> ${id})`,
          ),
        );
      return rowCount === 1 ? "renamed" : "taken";
    },
    async removeList(tx, userId, id) {
      const { rowCount } = await tx.delete(peopleLists).where(isOwn(userId, id));
      if (rowCount === 0) throw notHere();
    },
    async addToList(tx, userId, id, person) {
      await getOwn(tx, userId, id);
      const { rowCount } = await tx.execute(sql`
        insert into people_list_members (list_id, person)
        select ${id}::bigint, followed from ap_follows
        join users on users.id = ${userId} and follower = ${members}::text || users.handle
        where followed = ${person} and state <> 'refused'
        on conflict (list_id, person) do update set person = excluded.person`);
      return rowCount === 1;
    },
    async carryLists(tx, actor, from, to) {
      await tx.execute(sql`
        with old as (
          delete from people_list_members as member using people_lists, users
          where people_lists.id = member.list_id and users.id = people_lists.user_id and ${members}::text || users.handle = ${actor} and member.person = ${from}
          returning member.list_id)
        insert into people_list_members (list_id, person) select list_id, ${to}::text from old on conflict do nothing`);
    },
    async removeFromList(tx, userId, id, person) {
      await getOwn(tx, userId, id);
      await tx.delete(peopleListMembers).where(and(eq(peopleListMembers.listId, id), eq(peopleListMembers.person, person)));
    },
  };
}

async function getOwn(db: Db | Tx, userId: UserId, id: PeopleListId): Promise<ListView> {
  const [row] = await db.select({ id: peopleLists.id, name: peopleLists.name }).from(peopleLists).where(isOwn(userId, id));
  if (row === undefined) throw notHere();
  return { ...row, count: 0 };
}

const notHere = () => new CodedError("not-found", "There is no such list of yours.");
