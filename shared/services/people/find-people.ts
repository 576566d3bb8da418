import { eq, inArray, sql } from "drizzle-orm";
import type { PersonView } from "../../contracts/people.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { apRemoteActors } from "../../models/fediverse.ts";
import { users } from "../../models/identity.ts";
import { media } from "../../models/media.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { arePicturesTaken } from "../remote-pictures/taken.ts";
import { serviceActors } from "./service-actors.ts";
import { shownName, shownUsername } from "./shown-name.ts";

export type FindPeople = (uris: readonly string[]) => Promise<ReadonlyMap<string, PersonView>>;

/** Who is behind these addresses: members, services of ours, and whoever is known elsewhere. */
export function makeFindPeople({ db, publicUrl }: ServiceDeps): FindPeople {
  const members = publicUrl("federation", "/ap/members/");
  const services = serviceActors(publicUrl);
  return async (uris) => {
    const handles = uris.filter((uri) => uri.startsWith(members)).map((uri) => uri.slice(members.length));
    const elsewhere = uris.filter((uri) => !uri.startsWith(members) && !services.has(uri));
    const [ours, theirs] = await Promise.all([
      handles.length === 0
        ? []
        : db
            .select({ handle: users.handle, name: users.name, picture: pictureColumns })
            .from(users)
            .leftJoin(media, eq(media.id, users.pictureId))
            .where(inArray(users.handle, handles)),
      elsewhere.length === 0
        ? []
        : db
            .select(REMOTE)
            .from(apRemoteActors)
            .where(sql`${apRemoteActors.uri} = any(${sql.param(elsewhere)}::text[])`),
    ]);
    const found = [...ours.map((row) => memberView(publicUrl, row)), ...theirs.map(remoteView)];
    const all = [...found, ...uris.flatMap((uri) => services.get(uri) ?? [])];
    return new Map(all.map((person) => [person.uri, person]));
  };
}

/** What to select for remoteView. */
export const REMOTE = {
  ...{ uri: apRemoteActors.uri, name: apRemoteActors.name, handle: apRemoteActors.handle, host: apRemoteActors.host },
  hasFace: sql<boolean>`(jsonb_exists(${apRemoteActors.document}, 'icon') and ${arePicturesTaken(sql`${apRemoteActors.host}`)})`,
};

/** A square of this many pixels, as pages show it. */
const FACE = 104;

interface RemoteRow {
  readonly uri: string;
  readonly name: string;
  readonly handle: string;
  readonly host: string;
  readonly hasFace: boolean;
}

export function remoteView({ uri, name, handle, host, hasFace }: RemoteRow): PersonView {
  const address = `@${shownUsername(handle)}@${host}`;
  const path = `/${address}`;
  const picture = { url: `${path}/picture`, alt: "", width: FACE, height: FACE, focalX: 50, focalY: 50, sources: [] };
  return { uri, name: shownName(name, address), handle: address, path, isOurs: false, picture: hasFace ? picture : null };
}

function memberView(
  publicUrl: ServiceDeps["publicUrl"],
  { handle, name, picture }: { handle: string; name: string; picture: Parameters<typeof pictureOf>[0] },
): PersonView {
  const host = new URL(publicUrl("federation", "")).host;
  const uri = publicUrl("federation", `/ap/members/${handle}`);
  return { uri, name, handle: `@${handle}@${host}`, path: `/@${handle}`, isOurs: true, picture: pictureOf(picture) };
}
