import { sql } from "drizzle-orm";
import type { StatusesService, StatusThread, StatusView } from "../../contracts/statuses.ts";
import type { StatusParts } from "./parts.ts";
import { viewsOf } from "./views.ts";
import { maySee } from "./visible.ts";

/** What of a thread is read for one page: the oldest of it, and those around the status. */
const MOST = 300;
const DEEPEST = 6;

/** Everything of the thread that the reader may see, put in order: a thread is found by its name, and its tree is made here. */
export async function readThread(
  parts: StatusParts,
  status: StatusView,
  reader: Parameters<StatusesService["getThread"]>[1],
): Promise<StatusThread> {
  const { rows } = await parts.db.execute<{ id: string }>(sql`
    select d.id from ap_documents d
    where ${maySee(await parts.eyesOf(reader))} and coalesce(d.thread, d.uri) = (select coalesce(own.thread, own.uri) from ap_documents own where own.id = ${status.id})
    order by d.published_at, d.id limit ${MOST}`);
  const ids = [...new Set([...rows.map(({ id }) => id), String(status.id)])];
  const views = await viewsOf(parts, reader, { where: sql`d.id = any(${sql.param(ids)}::bigint[])`, isChecked: false });
  const byUri = new Map([...views.values(), status].map((view) => [view.uri, view]));
  const ancestors = ancestorsOf(status, byUri);
  const first = ancestors[0] ?? status;
  const missing = first.answers !== null && !byUri.has(first.answers.uri) ? first.answers.uri : null;
  return { ancestors, status, replies: repliesTo(status, [...byUri.values()]), missing };
}

/** The nearest last. */
function ancestorsOf(status: StatusView, byUri: ReadonlyMap<string, StatusView>): StatusView[] {
  const found: StatusView[] = [];
  const seen = new Set([status.uri]);
  for (let at = status.answers?.uri; at !== undefined && !seen.has(at); ) {
    seen.add(at);
    const parent = byUri.get(at);
    if (parent === undefined) break;
    found.unshift(parent);
    at = parent.answers?.uri;
  }
  return found;
}

/** Answers below what they answer, the oldest first; an author's own first of all, as one goes on. */
function repliesTo(status: StatusView, all: readonly StatusView[]): StatusThread["replies"] {
  const answers = Map.groupBy(all, (view) => view.answers?.uri ?? "");
  const found: { status: StatusView; depth: number }[] = [];
  const seen = new Set([status.uri]);
  const add = (parent: StatusView, depth: number) => {
    const below = [...(answers.get(parent.uri) ?? [])].sort(
      (one, other) =>
        Number(other.author.uri === status.author.uri) - Number(one.author.uri === status.author.uri) ||
        one.publishedAt.getTime() - other.publishedAt.getTime() ||
        one.id - other.id,
    );
    for (const view of below) {
      if (seen.has(view.uri)) continue;
      seen.add(view.uri);
      found.push({ status: view, depth: Math.min(depth, DEEPEST) });
      add(view, depth + 1);
    }
  };
  add(status, 0);
  return found;
}
