import { type CryptoKey, errors, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import type { FragmentSubject } from "../../contracts/fragments.ts";
import { APPS, type App } from "../../models/apps.ts";
import type { Keys } from "../keys/index.ts";
import { parseSubject } from "./subject.ts";
import { TOKEN_TYPE } from "./wire.ts";

/** How far the clocks of two services may be apart. */
const CLOCK_SKEW_SECONDS = 60;
const KEPT_TOKENS = 5000;
/** Of key ids that no good token ever named, so many are looked up a second: a stranger can make up as many as he likes. */
const STRANGE_KEYS_A_SECOND = 20;
const MAX_KID = 100; // RFC 7638 thumbprints have 43 characters

/** Who asks, and for whom. */
export interface VerifiedCall {
  caller: App;
  subject: FragmentSubject;
}

/** null for a token that is missing, old, forged, of another kind or for another owner. */
export type Verify = (token: string) => Promise<VerifiedCall | null>;

/** Verifying costs 0.1 ms: a token is good without it until it expires. */
export function makeVerify(name: App, keys: Keys): Verify {
  const accepted = new LRUCache<string, VerifiedCall>({ max: KEPT_TOKENS });
  const findKey = makeFindKey(keys);
  return async (token) => {
    const kept = accepted.get(token);
    if (kept !== undefined) return kept;
    try {
      let named: NamedKey | undefined;
      const key = async ({ kid }: { kid?: string }) => {
        named = await findKey(kid ?? "");
        return named.publicKey;
      };
      const { payload } = await jwtVerify(token, key, {
        algorithms: ["EdDSA"],
        typ: TOKEN_TYPE,
        audience: name,
        clockTolerance: CLOCK_SKEW_SECONDS,
        requiredClaims: ["exp", "sub", "iss"],
      });
      const subject = parseSubject(payload.sub ?? "");
      if (subject === null || named === undefined || payload.iss !== named.caller) return null;
      named.praise();
      const call = { caller: named.caller, subject };
      accepted.set(token, call, { ttl: Math.max(1, ((payload.exp ?? 0) + CLOCK_SKEW_SECONDS) * 1000 - Date.now()) });
      return call;
    } catch {
      return null; // whatever is wrong with it, it is no token of ours
    }
  };
}

interface NamedKey {
  caller: App;
  publicKey: CryptoKey;
  /** A good token named this key: it is looked up as often as need be from now on. */
  praise(): void;
}

/** Finds whose key an id names; throws for ids of nobody, and for new ones when there are too many. */
function makeFindKey(keys: Keys): (kid: string) => Promise<NamedKey> {
  const praised = new LRUCache<string, true>({ max: 100 });
  let second = 0;
  let strange = 0;
  return async (kid) => {
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, strange] = [now, 0];
    const mayAsk = kid.length <= MAX_KID && (praised.has(kid) || ++strange <= STRANGE_KEYS_A_SECOND);
    const found = mayAsk ? await keys.findPublicKey(kid) : null;
    const caller = APPS.find((app) => found?.purpose === `fragments:${app}`);
    if (found === null || caller === undefined) throw new errors.JWKSNoMatchingKey();
    return { caller, publicKey: found.publicKey, praise: () => void praised.set(kid, true) };
  };
}
