import type { StoredKey } from "../../../models/fediverse.ts";
import { type ApDocument, isDocument, listOf, originOf, textOf, typeOf, uriOf } from "../normal-form/index.ts";
import { type PublicKey, readMultikey, readPem } from "../signatures/index.ts";

/** An actor that lives elsewhere, as its own document says. */
export interface RemoteActor {
  readonly uri: string;
  readonly host: string;
  readonly type: string;
  readonly handle: string;
  readonly name: string;
  readonly inbox: string;
  readonly sharedInbox: string | null;
  readonly followers: string | null;
  readonly movedTo: string | null;
  readonly storedKeys: readonly StoredKey[];
  readonly document: ApDocument;
}

const TYPES = new Set(["Person", "Service", "Group", "Organization", "Application"]);
const MOST_KEYS = 10;

/** The actor that a document describes, fetched from this address; null: it describes none, or another, or one that can't be written to. */
export function readActor(uri: string, document: ApDocument): RemoteActor | null {
  const inbox = uriOf(document["inbox"]);
  const endpoints = listOf(document["endpoints"])[0];
  const shared = isDocument(endpoints) ? uriOf(endpoints["sharedInbox"]) : null;
  const isOwn = (other: string | null) => other !== null && originOf(other) === originOf(uri);
  if (uriOf(document["id"]) !== uri || !TYPES.has(typeOf(document)) || !isOwn(inbox) || inbox === null) return null;
  const followers = uriOf(document["followers"]);
  return {
    ...{ uri, inbox, document, type: typeOf(document), host: new URL(uri).host },
    handle: textOf(document["preferredUsername"]).slice(0, 200),
    name: textOf(document["name"]).slice(0, 300),
    sharedInbox: isOwn(shared) ? shared : null,
    followers: isOwn(followers) ? followers : null,
    movedTo: uriOf(document["movedTo"]),
    storedKeys: storedKeysOf(uri, document),
  };
}

/** Of an actor's keys those that are on its own origin and name it as their owner. */
function storedKeysOf(uri: string, document: ApDocument): StoredKey[] {
  const all = [...listOf(document["publicKey"]), ...listOf(document["assertionMethod"])].filter(isDocument);
  return all.slice(0, MOST_KEYS).flatMap((key): StoredKey[] => {
    const id = uriOf(key["id"]);
    const owner = uriOf(key["owner"]) ?? uriOf(key["controller"]);
    if (id === null || originOf(id) !== originOf(uri) || owner !== uri) return [];
    const [pem, multibase] = [textOf(key["publicKeyPem"]), textOf(key["publicKeyMultibase"])];
    if (pem !== "") return [{ id, pem }];
    return multibase === "" ? [] : [{ id, multibase }];
  });
}

/** Those of its keys that are of a kind and length that are taken. */
export function keysOf(stored: readonly StoredKey[]): PublicKey[] {
  return stored.flatMap(({ id, pem, multibase }) => (pem === undefined ? readMultikey(id, multibase ?? "") : readPem(id, pem)) ?? []);
}
