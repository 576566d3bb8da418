import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { PublicPerson } from "../../contracts/identity.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { profiles } from "../../models/people.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { showsThemselves } from "./search-people.ts";

/** A customer of the shop is nobody's business: whoever has neither published, said, followed nor liked anything, nor made a profile, is not found. */
export async function findPublicPerson({ db, publicUrl }: ServiceDeps, handle: string): Promise<PublicPerson | null> {
  const uri = publicUrl("federation", `/ap/members/${handle}`);
  const takesPart = sql`(exists (select from ap_follows where follower = ${uri}) or exists (select from ap_documents where author_id = users.id)
    or exists (select from ap_reactions where actor = ${uri}))`;
  const [row] = await db
    .select({
      ...{ userId: users.id, handle: users.handle, name: users.name, bio: users.bio, since: users.createdAt },
      ...{ isLocked: profiles.isLocked, isFindable: profiles.isFindable, alsoKnownAs: profiles.alsoKnownAs, movedTo: profiles.movedTo },
      picture: pictureColumns,
    })
    .from(users)
    .leftJoin(media, eq(media.id, users.pictureId))
    .leftJoin(profiles, eq(profiles.userId, users.id))
    .where(and(eq(users.handle, handle), isNull(users.erasedAt), or(sql`${profiles.userId} is not null`, showsThemselves, takesPart)));
  if (row === undefined) return null;
  const { picture, isLocked, isFindable, alsoKnownAs, ...person } = row;
  const url = publicUrl("federation", `/@${handle}`);
  const shown = { isLocked: isLocked ?? false, isFindable: isFindable ?? false, alsoKnownAs: alsoKnownAs ?? [] };
  return { ...person, ...shown, url, pictureUrl: pictureOf(picture)?.url ?? null };
}
