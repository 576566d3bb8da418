import { jwtVerify, SignJWT } from "jose";
import { LRUCache } from "lru-cache";
import { APPS, type App } from "../../models/apps.ts";
import type { Keys } from "../keys/index.ts";
import { type FragmentSubject, parseSubject, printSubject } from "./subject.ts";

const LIFE_SECONDS = 30;
const REUSE_SECONDS = 15;
const CLOCK_SKEW_SECONDS = 60;

/** Who asks, and for whom. */
export interface VerifiedCall {
  caller: App;
  subject: FragmentSubject;
}

/** Tokens of fragment requests: JWT by EdDSA, iss = caller, aud = owner, sub = subject. Signing and verifying cost 0.1 ms each, so both are kept. */
export function makeFragmentTokens(name: App, keys: Keys) {
  const signed = new LRUCache<string, string>({ max: 5000, ttl: REUSE_SECONDS * 1000 });
  const accepted = new LRUCache<string, VerifiedCall>({ max: 5000 });

  async function sign(owner: App, subject: FragmentSubject): Promise<string> {
    const sub = printSubject(subject);
    const kept = signed.get(`${owner} ${sub}`);
    if (kept !== undefined) return kept;
    const { kid, privateKey } = await keys.signingKey(`fragments:${name}`, "EdDSA");
    const token = await new SignJWT({ sub, iss: name, aud: owner })
      .setProtectedHeader({ alg: "EdDSA", kid, typ: "fragment+jwt" })
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS} s`)
      .sign(privateKey);
    signed.set(`${owner} ${sub}`, token);
    return token;
  }

  /** null for a token that is missing, old, forged, of another kind or for another owner. */
  async function verify(token: string): Promise<VerifiedCall | null> {
    const kept = accepted.get(token);
    if (kept !== undefined) return kept;
    try {
      let caller: App | undefined;
      const key = async ({ kid }: { kid?: string }) => {
        const found = kid === undefined ? null : await keys.findPublicKey(kid);
        caller = APPS.find((app) => found?.purpose === `fragments:${app}`);
        if (found === null || caller === undefined) throw new Error("no such key");
        return found.publicKey;
      };
      const { payload } = await jwtVerify(token, key, {
        algorithms: ["EdDSA"],
        typ: "fragment+jwt",
        audience: name,
        clockTolerance: CLOCK_SKEW_SECONDS,
        requiredClaims: ["exp", "sub", "iss"],
      });
      const subject = parseSubject(payload.sub ?? "");
      if (subject === null || caller === undefined || payload.iss !== caller) return null;
      const call = { caller, subject };
      accepted.set(token, call, { ttl: Math.max(1, (payload.exp ?? 0) * 1000 - Date.now()) });
      return call;
    } catch {
      return null; // whatever is wrong with it, it is no token of ours
    }
  }

  return { sign, verify };
}

export type FragmentTokens = ReturnType<typeof makeFragmentTokens>;
