import type { PersonView } from "@rose-ash/shared/contracts/people.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { memberReader } from "../access.ts";
import { notFound } from "../errors.ts";

export const accountParams = z.object({ id: z.string().max(3000) });
export type AccountRequest = { Params: z.output<typeof accountParams> };
type OfAccount = FastifyRequest<AccountRequest>;

type Somebody = Pick<PersonView, "uri" | "isOurs">;

/** Whoever is meant, if the pages show them to whoever asks as well. Throws 404. */
export async function profileOf({ server, params }: OfAccount): Promise<Somebody> {
  const uri = uriOfAccount(params.id);
  return (uri === null ? null : await findSomebody(server, uri)) ?? throwNotFound();
}

/** A member who shows themselves, a service of ours, or somebody elsewhere who is known; null: nobody. */
export async function findSomebody({ services, fediverse }: FastifyInstance, uri: string): Promise<Somebody | null> {
  const ours = fediverse.actors.find(uri);
  if (ours !== null && ours.kind !== "member") return (await services.people.findPeople([uri])).get(uri) ?? null;
  return services.people.findProfile(ours === null ? { uri } : { handle: ours.name });
}

/** Who decides about whom; nobody decides about themselves. */
export async function targetOf(request: OfAccount) {
  const reader = memberReader(request);
  const own = request.server.fediverse.actors.ofMember(reader.handle);
  const profile = await profileOf(request);
  if (profile.uri === own.uri) throwNotFound();
  return { reader, own, profile };
}

function throwNotFound(): never {
  throw notFound();
}
