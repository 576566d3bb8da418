import { and, asc, count, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { CodedError } from "../../contracts/errors.ts";
import type { ImportView, PeopleImportsService } from "../../contracts/people-imports.ts";
import { emitActivities } from "../../infrastructure/activities/index.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import type { PeopleImportId, UserId } from "../../models/ids.ts";
import { peopleImportRows, peopleImports } from "../../models/people.ts";

const AT_ONCE = 1000;
const SHOWN = 50;
const SAMPLE = 10;
const isOf = (userId: UserId, id: PeopleImportId) => and(eq(peopleImports.id, id), eq(peopleImports.userId, userId));

export function makePeopleImportsService({ db }: ServiceDeps): PeopleImportsService {
  async function viewOf(row: Pick<ImportView, "id" | "kind" | "startedAt">): Promise<ImportView> {
    const ofIt = eq(peopleImportRows.importId, row.id);
    const columns = { name: peopleImportRows.name, list: peopleImportRows.list, hidesNotifications: peopleImportRows.hidesNotifications };
    const [states, failed, sample] = await Promise.all([
      db.select({ state: peopleImportRows.state, count: count() }).from(peopleImportRows).where(ofIt).groupBy(peopleImportRows.state),
      db
        .select({ name: peopleImportRows.name, note: peopleImportRows.note })
        .from(peopleImportRows)
        .where(and(ofIt, eq(peopleImportRows.state, "failed")))
        .orderBy(asc(peopleImportRows.position))
        .limit(SHOWN),
      db.select(columns).from(peopleImportRows).where(ofIt).orderBy(asc(peopleImportRows.position)).limit(SAMPLE),
    ]);
    const counts = { waiting: 0, done: 0, failed: 0, ...Object.fromEntries(states.map(({ state, count: number }) => [state, number])) };
    return { ...row, counts, failed, sample };
  }
  const head = { id: peopleImports.id, kind: peopleImports.kind, startedAt: peopleImports.startedAt };
  return {
    async propose(tx, userId, kind, rows) {
      await tx.delete(peopleImports).where(and(eq(peopleImports.userId, userId), isNull(peopleImports.startedAt)));
      const [made] = await tx.insert(peopleImports).values({ userId, kind }).returning({ id: peopleImports.id });
      const importId = made?.id as PeopleImportId; // it was inserted just now
      for (let first = 0; first < rows.length; first += AT_ONCE)
        await tx
          .insert(peopleImportRows)
          .values(rows.slice(first, first + AT_ONCE).map((row, index) => ({ importId, position: first + index, ...row })));
      return importId;
    },
    async start(tx, userId, id) {
      const { rowCount } = await tx
        .update(peopleImports)
        .set({ startedAt: new Date() })
        .where(and(isOf(userId, id), isNull(peopleImports.startedAt)));
      if (rowCount !== 1) return false;
      const rows = await tx
        .select({ position: peopleImportRows.position, name: peopleImportRows.name })
        .from(peopleImportRows)
        .where(eq(peopleImportRows.importId, id))
        .orderBy(asc(peopleImportRows.position));
      const activities = rows.map(({ position, name }) => ({
        ...{ actorId: userId, id: name.split("@").at(-1)?.toLowerCase() ?? "", details: { import: id, position } },
      }));
      await emitActivities(tx, { originApp: "federation", type: "Add", objectType: "ImportedPerson" }, activities);
      return true;
    },
    async get(userId, id) {
      const [row] = await db.select(head).from(peopleImports).where(isOf(userId, id));
      if (row === undefined) throw new CodedError("not-found", "There is no such list of yours.");
      return viewOf(row);
    },
    async listLately(userId) {
      const rows = await db
        .select(head)
        .from(peopleImports)
        .where(and(eq(peopleImports.userId, userId), isNotNull(peopleImports.startedAt)))
        .orderBy(desc(peopleImports.id))
        .limit(5);
      return Promise.all(rows.map(viewOf));
    },
    async findTask(id, position) {
      const [row] = await db
        .select({
          ...{ userId: peopleImports.userId, kind: peopleImports.kind, handle: users.handle, name: peopleImportRows.name },
          ...{ list: peopleImportRows.list, hidesNotifications: peopleImportRows.hidesNotifications },
        })
        .from(peopleImportRows)
        .innerJoin(peopleImports, eq(peopleImports.id, peopleImportRows.importId))
        .innerJoin(users, eq(users.id, peopleImports.userId))
        .where(and(eq(peopleImports.id, id), eq(peopleImportRows.position, position), eq(peopleImportRows.state, "waiting")));
      return row ?? null;
    },
    async settle(tx, id, position, { state, note }) {
      await tx
        .update(peopleImportRows)
        .set({ state, note: note.slice(0, 300) })
        .where(and(eq(peopleImportRows.importId, id), eq(peopleImportRows.position, position), eq(peopleImportRows.state, "waiting")));
    },
  };
}
