import { generateKeyPairSync, webcrypto } from "node:crypto";
import type { FragmentWant } from "@rose-ash/shared/contracts/fragments.ts";
import type { Viewer } from "@rose-ash/shared/contracts/viewer.ts";
import { type Cache, Figures } from "@rose-ash/shared/infrastructure/cache/index.ts";
import { type Asker, OwnerCalls } from "@rose-ash/shared/infrastructure/fragments/ask-owner.ts";
import { type Compose, makeComposer } from "@rose-ash/shared/infrastructure/fragments/compose.ts";
import { Fetches } from "@rose-ash/shared/infrastructure/fragments/fetches.ts";
import { keepFragments } from "@rose-ash/shared/infrastructure/fragments/kept-fragments.ts";
import { makeFragmentTokens } from "@rose-ash/shared/infrastructure/fragments/tokens.ts";
import type { Keys } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import type { DeviceId } from "@rose-ash/shared/models/ids.ts";
import Fastify from "fastify";

/** Six pieces that everybody sees, of three owners. */
export const PUBLIC_WANTS: readonly FragmentWant[] = [
  { type: "nav-tree" },
  { type: "footer" },
  { type: "next-entries", params: { limit: 4 } },
  ...["rye", "oats", "soup"].map((slug) => ({ type: "product-card" as const, params: { slug } })),
];

/** Six pieces made for one person, of three owners: nothing may be shared between pages. */
export const PERSONAL_WANTS: readonly FragmentWant[] = ["auth-menu", "cart-mini", "notification-badge"].flatMap((type) =>
  [1, 2].map((part) => ({ type: type as "auth-menu", params: { part } })),
);

const { log } = Fastify({ logger: { level: "silent" } });
export const askerOf = (deviceId: string | null): Asker => {
  const viewer: Viewer = { kind: "guest", deviceId: deviceId as DeviceId | null };
  return { viewer, id: "a-request", log, fragmentPath: "", isKeptPage: false };
};

/** Our composer as a service has it that owns none of these pieces. nearBytes: how much it may keep in this process. */
export async function composeWith(name: App, cache: Cache, ownersUrl: string, nearBytes?: number): Promise<Compose> {
  const deadlineMs = 300;
  const patienceMs = 5 * deadlineMs;
  const owned = { own: () => undefined, make: async () => ({ html: null, audience: "public" as const, goodUntil: null }) };
  const owners = new OwnerCalls({
    name,
    owned,
    tokens: makeFragmentTokens(name, await someKeys()),
    originOf: () => ownersUrl,
    patienceMs,
  });
  const kept = keepFragments(cache, nearBytes);
  const fetches = new Fetches({ cache, kept, owners, waitMs: deadlineMs * 0.8, claimMs: 2 * patienceMs });
  return makeComposer({ kept, fetches, figures: new Figures(), deadlineMs });
}

async function someKeys(): Promise<Keys> {
  const der = generateKeyPairSync("ed25519").privateKey.export({ format: "der", type: "pkcs8" });
  const privateKey = await webcrypto.subtle.importKey("pkcs8", der, "Ed25519", false, ["sign"]);
  return { signingKey: async () => ({ kid: "k", privateKey, privateJwk: { kty: "OKP" } }), findPublicKey: async () => null };
}
