import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { PersonView } from "@rose-ash/shared/contracts/people.ts";
import type { Member } from "@rose-ash/shared/contracts/viewer.ts";
import type { LocalActor } from "@rose-ash/shared/infrastructure/activitypub/index.ts";
import { localPath } from "@rose-ash/shared/infrastructure/local-path.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { memberOf } from "../settings/member.ts";

/** What forms about somebody send: whom, and where to go on afterwards. */
export const targetBody = z.object({ uri: z.string().max(1000), next: z.string().max(2000).optional() });
export type TargetRequest = { Body: z.output<typeof targetBody> };

export interface Target {
  readonly member: Member;
  readonly own: LocalActor;
  readonly person: PersonView;
  /** A path of ours. */
  readonly next: string;
}

/** Who decides about whom. Throws sign-in-needed for guests, and not-found for whoever is not known here, or is the member. */
export async function targetOf(request: FastifyRequest<TargetRequest>): Promise<Target> {
  const member = memberOf(request);
  const { fediverse, services } = request.server;
  const own = fediverse.actors.ofMember(member.handle);
  const { uri, next } = request.body;
  const person = (await services.people.findPeople([uri])).get(uri);
  if (person === undefined || uri === own.uri) throw new CodedError("not-found", "Nobody is known by that address.");
  return { member, own, person, next: localPath(next, person.path) };
}
