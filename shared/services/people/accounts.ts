import { sql } from "drizzle-orm";
import type { AccountView, PeopleService } from "../../contracts/people.ts";
import { sanitiseShort } from "../../infrastructure/sanitise-html.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import type { StoredDocument } from "../../models/fediverse.ts";
import { remoteFields, textField } from "./fields.ts";
import type { FindPeople } from "./find-people.ts";
import { homeOf, instant, MOST_HTML, paragraphs, text } from "./profiles.ts";

interface AccountRow extends Record<string, unknown> {
  uri: string;
  /** Of a member. */
  bio: string | null;
  createdAt: string | null;
  isLocked: boolean | null;
  fields: { name: string; value: string }[] | null;
  movedTo: string | null;
  /** Of somebody elsewhere. */
  type: string | null;
  document: StoredDocument | null;
  proofs: { href: string; at: string | null }[] | null;
  followers: number;
  following: number;
  statuses: number;
  lastSaidAt: string | null;
}

/** Many people whole, in two statements. */
export function makeAccounts({ db, publicUrl }: ServiceDeps, findPeople: FindPeople): Pick<PeopleService, "findAccounts"> {
  const members = publicUrl("federation", "/ap/members/");
  return {
    async findAccounts(uris) {
      const wanted = [...new Set(uris)];
      if (wanted.length === 0) return new Map();
      const [people, { rows }] = await Promise.all([findPeople(wanted), db.execute<AccountRow>(accounts(wanted, members))]);
      const views = rows.flatMap((row): AccountView[] => {
        const person = people.get(row.uri);
        return person === undefined
          ? []
          : [{ ...person, ...(person.isOurs ? ours(row, publicUrl, person.path) : theirs(row)), ...common(row) }];
      });
      return new Map(views.map((view) => [view.uri, view]));
    },
  };
}

const accounts = (wanted: readonly string[], members: string) => sql`
  select o.uri, u.bio, u.created_at as "createdAt", p.is_locked as "isLocked", coalesce(p.moved_to, r.moved_to) as "movedTo", r.type, r.document,
    (select json_agg(json_build_object('name', f.name, 'value', f.value) order by f.position) from profile_fields f where f.user_id = u.id) as fields,
    (select json_agg(json_build_object('href', l.href, 'at', l.verified_at)) from profile_links l where l.actor = o.uri) as proofs,
    (select count(*)::int from ap_follows f where f.followed = o.uri and f.state = 'accepted') as followers,
    (select count(*)::int from ap_follows f where f.follower = o.uri and f.state = 'accepted') as following,
    said.count as statuses, said.latest as "lastSaidAt"
  from unnest(${sql.param([...wanted])}::text[]) as o (uri)
  left join users u on starts_with(o.uri, ${members}) and u.handle = substr(o.uri, ${members.length + 1}::int)
  left join profiles p on p.user_id = u.id
  left join ap_remote_actors r on r.uri = o.uri
  cross join lateral (
    select count(*)::int as count, max(d.published_at) as latest from ap_documents d
    where d.actor = o.uri and d.deleted_at is null and d.visibility <> 'direct' and d.visibility in ('public', 'unlisted')) said`;

function common({ followers, following, statuses, lastSaidAt, movedTo }: AccountRow) {
  return { counts: { followers, following, statuses }, lastSaidAt: lastSaidAt === null ? null : new Date(lastSaidAt), movedTo };
}

/** A member; a service of ours has no row of a member, and says nothing of itself. */
function ours(row: AccountRow, publicUrl: ServiceDeps["publicUrl"], path: string) {
  const isService = row.createdAt === null;
  return {
    ...{ html: paragraphs(row.bio ?? ""), isLocked: row.isLocked ?? false, isGroup: false, isService },
    since: row.createdAt === null ? null : new Date(row.createdAt),
    url: /^https?:/.test(path) ? path : publicUrl("federation", path),
    fields: (row.fields ?? []).map(({ name, value }) => withProof(textField(name, value), row)),
  };
}

function theirs(row: AccountRow) {
  const document = row.document ?? {};
  return {
    html: sanitiseShort(text(document["summary"]).slice(0, MOST_HTML)),
    ...{ isLocked: document["manuallyApprovesFollowers"] === true, isGroup: row.type === "Group" },
    ...{ isService: row.type === "Service" || row.type === "Application", since: instant(document["published"]) },
    url: homeOf(row.uri, document),
    fields: remoteFields(document).map((field) => withProof(field, row)),
  };
}

function withProof(field: AccountView["fields"][number], { proofs }: AccountRow): AccountView["fields"][number] {
  const at = (proofs ?? []).find(({ href }) => href === field.href)?.at ?? null;
  return at === null ? field : { ...field, verifiedAt: new Date(at) };
}
