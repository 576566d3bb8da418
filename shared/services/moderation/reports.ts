import { randomUUID } from "node:crypto";
import { and, asc, count, desc, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { ModerationService, Reportable, ReportedObject, ReportView } from "../../contracts/moderation.ts";
import type { Tx } from "../../contracts/tx.ts";
import { emitActivity } from "../../infrastructure/activities/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import { plainText } from "../../infrastructure/sanitise-html.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apDocuments, apHosts, apReports } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import { actorViews } from "./actors.ts";

type Reports = Pick<
  ModerationService,
  "findReportable" | "report" | "receiveReport" | "listReports" | "findReport" | "findReportBy" | "closeReport"
>;
const ON_PAGE = 30;
/** So many reports of one server are open at once. */
const MOST_OPEN = 50;
const SHOWN_CHARACTERS = 500;

/** What members and other servers report, and what stewards made of it. */
export function makeReports(deps: ServiceDeps, { audit }: { audit: AuditService }): Reports {
  const { publicUrl } = deps;
  return {
    findReportable: (uri) => findReportable(deps, deps.db, uri),
    async report(tx, { by, uri, words, isForwarded }) {
      const found = await findReportable(deps, tx, uri);
      const [reporter] = await tx.select({ handle: users.handle }).from(users).where(eq(users.id, by));
      if (found === null || reporter === undefined || found.accused.userId === by) return { kind: "unknown" };
      const actor = publicUrl("federation", `/ap/members/${reporter.handle}`);
      const isSame = and(eq(apReports.actor, actor), sql`${apReports.objects} @> array[${uri}]`, isNull(apReports.closedAt));
      if ((await tx.select({ id: apReports.id }).from(apReports).where(isSame).limit(1)).length > 0) return { kind: "reported-before" };
      const activity = publicUrl("federation", `/ap/activities/report-${randomUUID()}`);
      const report = { activity, actor, reporterId: by, accused: found.accused.actor, objects: [uri], words };
      await tx.insert(apReports).values({ ...report, forwardedAt: isForwarded && found.host !== null ? sql`now()` : null });
      await tellStewards(tx, activity, by);
      return { kind: "reported" };
    },
    receiveReport: (tx, report) => receiveReport(tx, deps, report),
    listReports: (which, page) => listReports(deps, which, page),
    async findReport(id) {
      const columns = { id: apReports.id, accused: apReports.accused, objects: apReports.objects };
      const [row] = await deps.db
        .select(columns)
        .from(apReports)
        .where(and(eq(apReports.id, id), isNull(apReports.closedAt)));
      return row ?? null;
    },
    async findReportBy(activity) {
      const isOpen = and(eq(apReports.activity, activity), isNull(apReports.closedAt));
      const [row] = await deps.db.select({ actor: apReports.actor }).from(apReports).where(isOpen);
      return row ?? null;
    },
    async closeReport(tx, id, verdict, { by, reason }) {
      const [row] = await tx
        .update(apReports)
        .set({ closedAt: sql`now()`, closedBy: by, verdict, answer: reason })
        .where(and(eq(apReports.id, id), isNull(apReports.closedAt)))
        .returning({ accused: apReports.accused });
      if (row === undefined) return false;
      await audit.record(tx, {
        app: "federation",
        by,
        action: "close report",
        subject: `report:${id}`,
        reason,
        before: null,
        after: { verdict, accused: row.accused },
      });
      return true;
    },
  };
}

/** A comment, a status or a person that we know of: of others nobody here can have seen anything. */
async function findReportable({ publicUrl }: ServiceDeps, db: Db | Tx, uri: string): Promise<Reportable | null> {
  const [document] = await db
    .select({ actor: apDocuments.actor, html: apDocuments.html, name: apDocuments.name })
    .from(apDocuments)
    .where(and(eq(apDocuments.uri, uri), isNull(apDocuments.deletedAt), sql`${apDocuments.visibility} <> 'internal'`));
  const actor = document?.actor ?? uri;
  const accused = (await actorViews({ db, publicUrl }, [actor])).get(actor);
  if (accused === undefined || (accused.userId === null && accused.url === null)) return null;
  const text = document === undefined ? "" : [document.name, plainText(document.html)].filter((part) => part !== "").join(": ");
  return { uri, text: text.slice(0, SHOWN_CHARACTERS), accused, host: accused.userId === null ? new URL(actor).host : null };
}

/** Of what it names only what is ours counts. One server's reports fill nobody's page. */
async function receiveReport(
  tx: Tx,
  { publicUrl }: ServiceDeps,
  report: Parameters<ModerationService["receiveReport"]>[1],
): Promise<boolean> {
  const { objects, actor } = report;
  const host = sql`split_part(${actor}::text, '/', 3)`;
  const [refused] = await tx
    .select({ host: apHosts.host })
    .from(apHosts)
    .where(and(sql`${apHosts.host} = any(hosts_above(${host}))`, or(apHosts.rejectsReports, apHosts.isSuspended)));
  const [open] = await tx
    .select({ count: count() })
    .from(apReports)
    .where(and(isNull(apReports.closedAt), sql`split_part(${apReports.actor}, '/', 3) = ${host}`));
  if (refused !== undefined || (open?.count ?? 0) >= MOST_OPEN) return false;
  const [written] = await tx
    .select({ actor: apDocuments.actor })
    .from(apDocuments)
    .where(inArray(apDocuments.uri, [...objects]))
    .limit(1);
  const members = publicUrl("federation", "/ap/members/");
  const accused = written?.actor ?? objects.find((uri) => uri.startsWith(members) || uri.endsWith("/ap/actor")) ?? null;
  const { rowCount } = await tx
    .insert(apReports)
    .values({ ...report, objects: [...objects], accused })
    .onConflictDoNothing();
  if (rowCount === 1) await tellStewards(tx, report.activity, null);
  return rowCount === 1;
}

async function tellStewards(tx: Tx, activity: string, by: Parameters<typeof emitActivity>[1]["actorId"]): Promise<void> {
  const details = { path: "/admin/moderation/reports" };
  await emitActivity(tx, { originApp: "federation", actorId: by, type: "Create", object: { type: "Report", id: activity }, details });
}

async function listReports({ db, publicUrl }: ServiceDeps, which: "open" | "closed", page: number) {
  const isIt = which === "open" ? isNull(apReports.closedAt) : isNotNull(apReports.closedAt);
  const [[all], rows] = await Promise.all([
    db.select({ count: count() }).from(apReports).where(isIt),
    db
      .select({ report: apReports, closedBy: users.name })
      .from(apReports)
      .leftJoin(users, eq(users.id, apReports.closedBy))
      .where(isIt)
      .orderBy(...(which === "open" ? [asc(apReports.receivedAt), asc(apReports.id)] : [desc(apReports.closedAt), desc(apReports.id)]))
      .limit(ON_PAGE)
      .offset((page - 1) * ON_PAGE),
  ]);
  const [views, objects] = await Promise.all([
    actorViews(
      { db, publicUrl },
      rows.flatMap(({ report }) => [report.actor, ...(report.accused === null ? [] : [report.accused])]),
    ),
    readObjects(
      db,
      rows.flatMap(({ report }) => report.objects),
    ),
  ]);
  const reports = rows.flatMap(({ report, closedBy }): ReportView[] => {
    const by = views.get(report.actor);
    if (by === undefined) return [];
    const { id, words, receivedAt, forwardedAt, verdict, answer } = report;
    const accused = report.accused === null ? null : (views.get(report.accused) ?? null);
    const named = report.objects.map((uri) => objects.get(uri) ?? { uri, text: "", url: null, state: null });
    return [{ id, by, accused, objects: named, words, receivedAt, forwardedAt, verdict, closedBy: closedBy ?? "", answer }];
  });
  return { reports, page, pageCount: Math.max(1, Math.ceil((all?.count ?? 0) / ON_PAGE)) };
}

async function readObjects(db: Db, uris: readonly string[]): Promise<ReadonlyMap<string, ReportedObject>> {
  if (uris.length === 0) return new Map();
  const rows = await db
    .select({
      uri: apDocuments.uri,
      html: apDocuments.html,
      name: apDocuments.name,
      url: apDocuments.url,
      state: apDocuments.moderation,
      thread: apDocuments.commentThreadId,
    })
    .from(apDocuments)
    .where(inArray(apDocuments.uri, [...uris]));
  return new Map(
    rows.map(({ uri, html, name, url, state, thread }) => [
      uri,
      {
        uri,
        text: [name, plainText(html)]
          .filter((part) => part !== "")
          .join(": ")
          .slice(0, SHOWN_CHARACTERS),
        url: url ?? uri,
        state: thread === null && state !== "hidden" ? "shown" : state,
      },
    ]),
  );
}
