import type { ProfileView } from "@rose-ash/shared/contracts/people.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { uriOfAccount } from "../../../mastodon/ids.ts";
import { memberReader } from "../access.ts";
import { notFound } from "../errors.ts";

export const accountParams = z.object({ id: z.string().max(3000) });
export type AccountRequest = { Params: z.output<typeof accountParams> };
type OfAccount = FastifyRequest<AccountRequest>;

/** Whoever is meant, if the pages show them to whoever asks as well. Throws 404. */
export async function profileOf({ server, params }: OfAccount): Promise<ProfileView> {
  const uri = uriOfAccount(params.id);
  const profile = uri === null ? null : await server.services.people.findProfile(whoIs(server.fediverse.actors.find(uri), uri));
  return profile ?? throwNotFound();
}

const whoIs = (ours: ReturnType<FastifyRequest["server"]["fediverse"]["actors"]["find"]>, uri: string) =>
  ours?.kind === "member" ? { handle: ours.name } : { uri };

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
