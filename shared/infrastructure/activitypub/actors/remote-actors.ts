import { eq, sql } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { Tx } from "../../../contracts/tx.ts";
import { apRemoteActors } from "../../../models/fediverse.ts";
import type { Clock } from "../../clock.ts";
import type { Db } from "../../db.ts";
import type { ApDocument } from "../normal-form/index.ts";
import type { PublicKey } from "../signatures/index.ts";
import type { DocumentFetcher } from "./fetch-document.ts";
import { keysOf, type RemoteActor, readActor } from "./read-actor.ts";

/** An actor with keys to verify by. isStored: as it stands in the table. */
export interface KnownActor extends RemoteActor {
  readonly keys: readonly PublicKey[];
  readonly fetchedAt: Date;
  readonly isStored: boolean;
}

export type FoundActor =
  | { readonly kind: "actor"; readonly actor: KnownActor }
  | { readonly kind: "gone" }
  | { readonly kind: "busy" }
  | { readonly kind: "failed"; readonly reason: string };

/** Actors of other hosts. Nothing is stored by looking: whoever has verified something of an actor keeps it. */
export interface RemoteActors {
  /** As kept in memory for minutes, in the table for hours, or as its host says. */
  find(uri: string): Promise<FoundActor>;
  /** As its host says now; at most once a minute for each, and what is known otherwise. */
  refetch(uri: string): Promise<FoundActor>;
  /** Whether there is anything of it here: nobody is asked. */
  isKnown(uri: string): Promise<boolean>;
  /** Writes it down as it is known, where it is not already. */
  keep(tx: Tx | Db, actor: KnownActor): Promise<void>;
  forget(uri: string): void;
}

const KEPT = { max: 3000, ttl: 5 * 60_000 };
const STALE_MS = 12 * 3_600_000;
const ONCE_IN_MS = 60_000;

export function makeRemoteActors(db: Db, clock: Clock, fetcher: DocumentFetcher): RemoteActors {
  const kept = new LRUCache<string, KnownActor>(KEPT);
  const failed = new LRUCache<string, FoundActor>({ max: 3000, ttl: ONCE_IN_MS });
  const flights = new Map<string, Promise<FoundActor>>();
  const known = (actor: KnownActor): FoundActor => ({ kind: "actor", actor });

  async function ask(uri: string): Promise<FoundActor> {
    const fetched = await fetcher.fetch(uri);
    const found = fetched.kind === "document" ? foundIn(uri, fetched.document, clock.now()) : fetched;
    if (found.kind === "actor") kept.set(uri, found.actor);
    else if (found.kind !== "busy") failed.set(uri, found);
    return found;
  }
  const askOnce = (uri: string): Promise<FoundActor> => {
    const flight = flights.get(uri) ?? ask(uri).finally(() => flights.delete(uri));
    flights.set(uri, flight);
    return flight;
  };
  return {
    async find(uri) {
      const here = kept.get(uri);
      if (here !== undefined) return known(here);
      const stored = await readStored(db, uri);
      const meanwhile = kept.get(uri);
      if (meanwhile !== undefined) return known(meanwhile);
      if (stored !== null && clock.now().getTime() - stored.fetchedAt.getTime() < STALE_MS) {
        kept.set(uri, stored);
        return known(stored);
      }
      const found = failed.get(uri) ?? (await askOnce(uri));
      return found.kind !== "actor" && found.kind !== "gone" && stored !== null ? known(stored) : found;
    },
    async refetch(uri) {
      const here = kept.get(uri);
      if (here !== undefined && clock.now().getTime() - here.fetchedAt.getTime() < ONCE_IN_MS) return known(here);
      const before = failed.get(uri);
      return before ?? askOnce(uri);
    },
    isKnown: async (uri) => kept.has(uri) || (await readStored(db, uri)) !== null,
    async keep(tx, actor) {
      if (actor.isStored) return;
      await store(tx, actor);
      kept.set(actor.uri, { ...actor, isStored: true });
    },
    forget: (uri) => void kept.delete(uri),
  };
}

function foundIn(uri: string, document: ApDocument, fetchedAt: Date): FoundActor {
  const actor = readActor(uri, document);
  if (actor === null) return { kind: "failed", reason: `${uri} is no actor that can be written to` };
  return { kind: "actor", actor: { ...actor, keys: keysOf(actor.storedKeys), fetchedAt, isStored: false } };
}

async function readStored(db: Db, uri: string): Promise<KnownActor | null> {
  const [row] = await db.select().from(apRemoteActors).where(eq(apRemoteActors.uri, uri));
  if (row === undefined || row.goneAt !== null) return null;
  const { keys, document, ...rest } = row;
  return { ...rest, document: document as ApDocument, storedKeys: keys, keys: keysOf(keys), isStored: true }; // as it was written
}

async function store(tx: Tx | Db, actor: KnownActor): Promise<void> {
  const { uri, host, type, handle, name, inbox, sharedInbox, followers, movedTo, storedKeys, document, fetchedAt } = actor;
  const row = {
    host,
    type,
    handle,
    name,
    inbox,
    sharedInbox,
    followers,
    movedTo,
    keys: [...storedKeys],
    document: { ...document },
    fetchedAt,
  };
  await tx
    .insert(apRemoteActors)
    .values({ uri, ...row })
    .onConflictDoUpdate({
      target: apRemoteActors.uri,
      set: { ...row, goneAt: null },
      setWhere: sql`${apRemoteActors.fetchedAt} <= excluded.fetched_at`,
    });
}
