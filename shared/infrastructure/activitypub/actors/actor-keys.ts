import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import type { JWK } from "jose";
import type { UserId } from "../../../models/ids.ts";
import type { KeyRing } from "../../keys/index.ts";
import { encodeMultibase, type SigningKey } from "../signatures/index.ts";
import type { LocalActor } from "./local-actors.ts";

/** What an actor signs with: requests by RSA, which everybody verifies, documents by Ed25519. */
export interface ActorKeys {
  readonly rsa: SigningKey;
  readonly ed25519: SigningKey;
}

/**
 * The keys of an actor of ours; made when there are none. The services and the instance have one RSA key between them, under an id of
 * each; a member has two of their own. A key that takes over in its time has another id: whoever meets it for the first time looks.
 */
export async function findActorKeys(keys: KeyRing, actor: LocalActor, userId: UserId | null): Promise<ActorKeys> {
  const [rsaPurpose, edPurpose] =
    userId === null ? ["actors:rsa", `actors:ed25519:${actor.name}`] : [`member:${userId}:rsa`, `member:${userId}:ed25519`];
  const [rsa, ed25519] = await Promise.all([keys.signingKey(rsaPurpose, "RS256"), keys.signingKey(edPurpose, "EdDSA")]);
  const idOf = (kind: string, kid: string) => `${actor.uri}#${kind}-${kid.slice(0, 12)}`;
  return {
    rsa: { id: idOf("rsa", rsa.kid), kind: "rsa", key: readJwk(rsa.privateJwk) },
    ed25519: { id: idOf("ed25519", ed25519.kid), kind: "ed25519", key: readJwk(ed25519.privateJwk) },
  };
}

const read = new WeakMap<JWK, KeyObject>();

function readJwk(jwk: JWK): KeyObject {
  const key = read.get(jwk) ?? createPrivateKey({ key: { ...jwk }, format: "jwk" });
  read.set(jwk, key);
  return key;
}

export const pemOf = ({ key }: SigningKey): string => createPublicKey(key).export({ format: "pem", type: "spki" }).toString();

/** FEP-521a: the mark of an Ed25519 key, and its 32 bytes. */
export function multibaseOf({ key }: SigningKey): string {
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  return encodeMultibase(Buffer.concat([Buffer.from([0xed, 0x01]), der.subarray(-32)]));
}
