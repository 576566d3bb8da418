import { and, asc, desc, eq, isNull, lt, notInArray, or, sql } from "drizzle-orm";
import type { FieldView, OwnProfile, PeopleService, ProfileView } from "../../contracts/people.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import { sanitiseShort } from "../../infrastructure/sanitise-html.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apFollows, apRemoteActors, type StoredDocument } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import type { UserId } from "../../models/ids.ts";
import { memberSettings } from "../../models/members.ts";
import { profileFields, profileLinks, profiles } from "../../models/people.ts";
import { findPublicPerson } from "../identity/find-public-person.ts";
import { remoteFields, textField } from "./fields.ts";
import { type FindPeople, REMOTE, remoteView } from "./find-people.ts";
import { serviceActors, serviceProfile } from "./service-actors.ts";

type Profiles = Pick<
  PeopleService,
  "findProfile" | "findUri" | "findOwnProfile" | "showThemselves" | "saveProfile" | "listUncheckedLinks" | "noteLink" | "keepLinks"
>;

export const MOST_HTML = 20_000;

export function makeProfiles(deps: ServiceDeps, findPeople: FindPeople): Profiles {
  const { db, publicUrl, clock } = deps;
  const uriOf = (handle: string) => publicUrl("federation", `/ap/members/${handle}`);
  return {
    async findProfile(who) {
      if ("handle" in who) return memberProfile(deps, findPeople, who.handle);
      if (!serviceActors(publicUrl).has(who.uri)) return remoteProfile(deps, findPeople, who.uri);
      return serviceProfile(publicUrl, who.uri, await countsOf(who.uri));
    },
    async findUri(handle, host) {
      const [row] = await db
        .select({ uri: apRemoteActors.uri })
        .from(apRemoteActors)
        .where(
          and(eq(apRemoteActors.host, host), sql`lower(${apRemoteActors.handle}) = ${handle.toLowerCase()}`, isNull(apRemoteActors.goneAt)),
        )
        .orderBy(desc(apRemoteActors.fetchedAt))
        .limit(1);
      return row?.uri ?? null;
    },
    async findOwnProfile(userId): Promise<OwnProfile> {
      const [row] = await db
        .select({ name: users.name, bio: users.bio, isLocked: profiles.isLocked, isFindable: profiles.isFindable })
        .from(users)
        .leftJoin(profiles, eq(profiles.userId, users.id))
        .where(eq(users.id, userId));
      const fields = await fieldsOf(deps, userId);
      return { name: row?.name ?? "", bio: row?.bio ?? "", isLocked: row?.isLocked ?? false, isFindable: row?.isFindable ?? false, fields };
    },
    async showThemselves(tx, actor) {
      await tx.execute(sql`
        insert into profiles (user_id, uri) select id, ${actor}::text from users where ${publicUrl("federation", "/ap/members/")}::text || handle = ${actor}
        on conflict (user_id) do nothing`);
    },
    async saveProfile(tx, userId, { name, bio, isLocked, isFindable, fields }) {
      await showThemselves(tx, publicUrl, userId);
      await tx.update(users).set({ name, bio }).where(eq(users.id, userId));
      await tx.update(profiles).set({ isLocked, isFindable }).where(eq(profiles.userId, userId));
      await tx.delete(profileFields).where(eq(profileFields.userId, userId));
      if (fields.length > 0) await tx.insert(profileFields).values(fields.map((field, position) => ({ userId, position, ...field })));
      purgeOnCommit(tx, [`person:${userId}`, "posts", "timeline"]);
    },
    async listUncheckedLinks(actor, before) {
      const isDue = or(isNull(profileLinks.checkedAt), lt(profileLinks.checkedAt, before));
      const rows = await db
        .select({ href: profileLinks.href })
        .from(profileLinks)
        .where(and(eq(profileLinks.actor, actor), isDue))
        .orderBy(asc(profileLinks.href));
      return rows.map(({ href }) => href);
    },
    async noteLink(tx, actor, href, leadsBack) {
      const now = clock.now();
      const verifiedAt = leadsBack ? sql`coalesce(${profileLinks.verifiedAt}, ${now.toISOString()}::timestamptz)` : null;
      await tx
        .update(profileLinks)
        .set({ checkedAt: now, verifiedAt })
        .where(and(eq(profileLinks.actor, actor), eq(profileLinks.href, href)));
    },
    async keepLinks(tx, actor, hrefs) {
      const others = hrefs.length === 0 ? undefined : notInArray(profileLinks.href, [...hrefs]);
      await tx.delete(profileLinks).where(and(eq(profileLinks.actor, actor), others));
      if (hrefs.length > 0)
        await tx
          .insert(profileLinks)
          .values(hrefs.map((href) => ({ actor, href })))
          .onConflictDoNothing();
    },
  };

  async function memberProfile(parts: ServiceDeps, find: FindPeople, handle: string): Promise<ProfileView | null> {
    const person = await findPublicPerson(parts, handle);
    if (person === null) return null;
    const uri = uriOf(handle);
    const [[own], stored, proofs, counts] = await Promise.all([
      db
        .select({ isLocked: profiles.isLocked, movedTo: profiles.movedTo, pronouns: memberSettings.pronouns })
        .from(users)
        .leftJoin(profiles, eq(profiles.userId, users.id))
        .leftJoin(memberSettings, eq(memberSettings.userId, users.id))
        .where(eq(users.id, person.userId)),
      fieldsOf(parts, person.userId),
      proofsOf(parts, uri),
      countsOf(uri),
    ]);
    const people = await find([uri, ...(own?.movedTo ? [own.movedTo] : [])]);
    const view = people.get(uri);
    if (view === undefined) return null;
    return {
      pronouns: own?.pronouns ?? "",
      ...{ ...view, html: paragraphs(person.bio), isLocked: own?.isLocked ?? false, isGroup: false, isService: false, since: person.since },
      ...{ url: publicUrl("federation", view.path), movedTo: (own?.movedTo && people.get(own.movedTo)) || null },
      fields: stored.map(({ name, value }) => withProof(textField(name, value), proofs)),
      counts,
    };
  }

  async function countsOf(uri: string) {
    const countOf = async (end: typeof apFollows.follower | typeof apFollows.followed) => db.$count(apFollows, isAccepted(eq(end, uri)));
    const [followers, following] = await Promise.all([countOf(apFollows.followed), countOf(apFollows.follower)]);
    return { followers, following };
  }
}

const isAccepted = (which: ReturnType<typeof eq>) => and(which, eq(apFollows.state, "accepted"));

/** Plain text as people typed it: lines stay lines. */
export const paragraphs = (text: string): string =>
  text === ""
    ? ""
    : sanitiseShort(
        `<p>${text.replace(/[&<>]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[one] ?? "").replace(/\r?\n/g, "<br>")}</p>`,
      );

async function remoteProfile({ db }: ServiceDeps, findPeople: FindPeople, uri: string): Promise<ProfileView | null> {
  const columns = { ...REMOTE, type: apRemoteActors.type, document: apRemoteActors.document, movedTo: apRemoteActors.movedTo };
  const [row] = await db
    .select(columns)
    .from(apRemoteActors)
    .where(and(eq(apRemoteActors.uri, uri), isNull(apRemoteActors.goneAt)));
  if (row === undefined) return null;
  const { document, movedTo } = row;
  const moved = movedTo === null ? null : ((await findPeople([movedTo])).get(movedTo) ?? null);
  const proofs = await proofsIn(db, uri);
  return {
    pronouns: "",
    ...{ ...remoteView(row), html: sanitiseShort(text(document["summary"]).slice(0, MOST_HTML)), movedTo: moved },
    ...{
      isLocked: document["manuallyApprovesFollowers"] === true,
      isGroup: row.type === "Group",
      isService: false,
      since: instant(document["published"]),
    },
    ...{ url: homeOf(uri, document), counts: { followers: null, following: null } },
    fields: remoteFields(document).map((field) => withProof(field, proofs)),
  };
}

/** Their own page for people, on their own host. */
export function homeOf(uri: string, document: StoredDocument): string {
  const page = text(document["url"]);
  return URL.parse(page)?.origin === new URL(uri).origin ? page : uri;
}

export const text = (value: unknown): string => (typeof value === "string" ? value : "");
export const instant = (value: unknown): Date | null => {
  const at = new Date(text(value));
  return Number.isNaN(at.getTime()) ? null : at;
};

async function fieldsOf({ db }: ServiceDeps, userId: UserId): Promise<OwnProfile["fields"]> {
  return db
    .select({ name: profileFields.name, value: profileFields.value })
    .from(profileFields)
    .where(eq(profileFields.userId, userId))
    .orderBy(asc(profileFields.position));
}

type Proofs = ReadonlyMap<string, Date | null>;
const proofsOf = (deps: ServiceDeps, actor: string) => proofsIn(deps.db, actor);

async function proofsIn(db: ServiceDeps["db"], actor: string): Promise<Proofs> {
  const rows = await db
    .select({ href: profileLinks.href, verifiedAt: profileLinks.verifiedAt })
    .from(profileLinks)
    .where(eq(profileLinks.actor, actor));
  return new Map(rows.map(({ href, verifiedAt }) => [href, verifiedAt]));
}

const withProof = (field: FieldView, proofs: Proofs): FieldView =>
  field.href === null ? field : { ...field, verifiedAt: proofs.get(field.href) ?? null };

/** Makes the row by which everybody may know the member. */
export async function showThemselves(tx: Tx, publicUrl: ServiceDeps["publicUrl"], userId: UserId): Promise<void> {
  const members = publicUrl("federation", "/ap/members/");
  await tx.execute(sql`
    insert into profiles (user_id, uri) select id, ${members}::text || handle from users where id = ${userId}
    on conflict (user_id) do nothing`);
}
