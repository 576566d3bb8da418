import { SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import type { FragmentSubject } from "../../contracts/fragments.ts";
import type { App } from "../../models/apps.ts";
import type { Keys } from "../keys/index.ts";
import { printSubject } from "./subject.ts";
import { TOKEN_TYPE } from "./wire.ts";

const LIFE_SECONDS = 30;
const REUSE_SECONDS = 15;

/** A token with which this service asks an owner for a subject's pieces. */
export type Sign = (owner: App, subject: FragmentSubject) => Promise<string>;

/** Signing costs 0.1 ms: a token is used again for half of its life. */
export function makeSign(name: App, keys: Keys): Sign {
  const signed = new LRUCache<string, string>({ max: 5000, ttl: REUSE_SECONDS * 1000 });
  return async (owner, subject) => {
    const sub = printSubject(subject);
    const kept = signed.get(`${owner} ${sub}`);
    if (kept !== undefined) return kept;
    const { kid, privateKey } = await keys.signingKey(`fragments:${name}`, "EdDSA");
    const token = await new SignJWT({ sub, iss: name, aud: owner })
      .setProtectedHeader({ alg: "EdDSA", kid, typ: TOKEN_TYPE })
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS} s`)
      .sign(privateKey);
    signed.set(`${owner} ${sub}`, token);
    return token;
  };
}
