import { z } from "zod";
import type { IdentityService, OpenSession } from "../../contracts/identity.ts";
import type { App } from "../../models/apps.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../../models/ids.ts";
import type { Cache } from "../cache/index.ts";
import type { Clock } from "../clock.ts";

const COPY_SECONDS = 60;

const text = z.string();
const member = z.object({
  kind: z.literal("member"),
  userId: z.number().transform((id) => id as UserId),
  handle: text,
  name: text,
  deviceId: text.transform((id) => id as DeviceId).nullable(),
  providerSession: text.transform((id) => id as ProviderSessionId),
  timeZone: text.optional(),
  language: text.optional(),
  expiresAt: z.iso.datetime().transform((at) => new Date(at)),
});
const copy = z.object({ member, versions: text, copiedAt: z.number() });

export interface FindMemberParts {
  name: App;
  cache: Cache;
  clock: Clock;
  identity: Pick<IdentityService, "findSession">;
}

/**
 * The member behind a session of an app, from a copy in Redis that is a minute old at most, else from PostgreSQL. A copy
 * counts only while no session has ended anywhere since it was looked up, so that a sign-out is honoured on the next
 * request; while Redis can't say so PostgreSQL is asked.
 */
export function makeFindMember({ name, cache, clock, identity }: FindMemberParts): (tokenHash: string) => Promise<OpenSession | null> {
  if (cache.kind === "memory") return (tokenHash) => identity.findSession(name, tokenHash);
  return async (tokenHash) => {
    const key = `session:${name}:${tokenHash}`;
    const read = await cache.read([key], ["sessions"]); // before PostgreSQL: what ends meanwhile makes the copy void
    const versions = read && `${read.epoch} ${read.versions[0]}`;
    const now = clock.now().getTime();
    const found = copy.safeParse(parseJson(read?.texts[0] ?? ""));
    if (found.success && found.data.versions === versions && isGood(found.data, now)) return found.data.member;
    const session = await identity.findSession(name, tokenHash);
    if (session !== null && versions !== null) {
      void cache.set(key, JSON.stringify({ member: session, versions, copiedAt: now }), COPY_SECONDS);
    }
    return session;
  };
}

function isGood({ member: { expiresAt }, copiedAt }: z.output<typeof copy>, now: number): boolean {
  return now - copiedAt < COPY_SECONDS * 1000 && now < expiresAt.getTime();
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
