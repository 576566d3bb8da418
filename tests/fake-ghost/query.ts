const MOST = 100; // since 6.0, whatever is asked for

/** One page of a list by NQL's part that is used: filter, order, fields. */
export function pageOf(name: string, rows: readonly object[], query: URLSearchParams) {
  const limit = Math.min(Number(query.get("limit")) || MOST, MOST);
  const page = Number(query.get("page") ?? 1);
  const found = sorted(rows.filter((row) => isMet(row, query.get("filter") ?? "")) as Record<string, unknown>[], query.get("order"));
  const pages = Math.max(1, Math.ceil(found.length / limit));
  const pagination = { page, limit, pages, total: found.length, next: page < pages ? page + 1 : null, prev: page > 1 ? page - 1 : null };
  const shown = found.slice((page - 1) * limit, page * limit).map((row) => only(row, query.get("fields"), query.get("include")));
  return { [name]: shown, meta: { pagination } };
}

/** A date is compared as text, as SQLite does: one with T and Z finds nothing. */
function isMet(row: object, filter: string): boolean {
  const one = row as { updated_at?: string; name?: string; tags?: { slug: string }[] };
  const since = /^updated_at:>='(.*)'$/.exec(filter)?.[1];
  if (since !== undefined) return (one.updated_at ?? "").replace("T", " ").slice(0, 19) >= since;
  const tag = /^tag:(.*)$/.exec(filter)?.[1];
  if (tag !== undefined) return one.tags?.some(({ slug }) => slug === tag) ?? false;
  const name = /^name:'(.*)'$/.exec(filter)?.[1];
  return name === undefined || one.name === name.replaceAll("\\'", "'");
}

function sorted(rows: Record<string, unknown>[], order: string | null): Record<string, unknown>[] {
  const [field, direction] = (order ?? "").split(" ");
  if (!field) return rows;
  const sign = direction === "desc" ? -1 : 1;
  return rows.toSorted((a, b) => (String(a[field]) < String(b[field]) ? -sign : sign));
}

function only(row: Record<string, unknown>, fields: string | null, include: string | null): Record<string, unknown> {
  if (fields === null) return row;
  const names = [...fields.split(","), ...(include ?? "").split(",")];
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name)));
}
