import type { FoundActor, LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { findActorByName } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";

type Remote = Extract<FoundActor, { kind: "actor" }>["actor"];

/** One of our members, somebody elsewhere as their host says, one of our services, or why nobody. */
export type Anybody =
  | { readonly kind: "member"; readonly actor: LocalActor; readonly userId: UserId }
  | { readonly kind: "elsewhere"; readonly actor: Remote }
  | { readonly kind: "nobody"; readonly reason: string }
  | { readonly kind: "service"; readonly actor: LocalActor }
  | { readonly kind: "suspended" };

/** Whom people call by this: @ada, @ada@theirs.example, the address of a profile, or of an actor. Others' hosts are asked. */
export async function findAnybody(app: FastifyInstance, words: string): Promise<Anybody> {
  const { fediverse, services } = app;
  const ours = findOurs(app, words.trim());
  if (ours !== null) {
    if (ours.kind === "instance") return { kind: "nobody", reason: "it only asks" };
    if (ours.kind === "service") return { kind: "service", actor: ours };
    const person = await services.identity.findPublicPerson(ours.name);
    return person === null
      ? { kind: "nobody", reason: "no member of that name shows themselves" }
      : { ...member(ours), userId: person.userId };
  }
  const { outside, remote, gate } = fediverse;
  const found = await findActorByName({ outside, remote, takesPlainHttp: gate.takesPlainHttp }, words);
  if (found.kind !== "actor") return { kind: "nobody", reason: found.kind === "failed" ? found.reason : found.kind };
  if (fediverse.actors.isOurs(found.actor.uri)) return { kind: "nobody", reason: "nobody of ours has that address" };
  return (await services.fediverse.isSuspended(found.actor.host)) ? { kind: "suspended" } : { kind: "elsewhere", actor: found.actor };
}

const member = (actor: LocalActor) => ({ kind: "member", actor }) as const;

/** By what is said alone, without asking anybody. */
function findOurs({ fediverse: { actors }, publicUrl }: FastifyInstance, words: string): LocalActor | null {
  const origin = publicUrl("federation", "");
  const [, handle, host = new URL(origin).host] = /^(?:acct:)?@?([\w.-]+)(?:@([^@/]+))?$/i.exec(words.replace(`${origin}/`, "")) ?? [];
  const app = APPS.find((one) => new URL(publicUrl(one, "")).host === host.toLowerCase());
  if (handle !== undefined && app !== undefined) return actors.findByName(app, handle.toLowerCase());
  return actors.find(words);
}
