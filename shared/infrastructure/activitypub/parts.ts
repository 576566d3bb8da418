import type { FastifyInstance } from "fastify";
import type { UserId } from "../../models/ids.ts";
import { type Outside, outsideFor } from "../http/outside/index.ts";
import {
  type ActorKeys,
  type DocumentFetcher,
  findActorKeys,
  type LocalActor,
  type LocalActors,
  makeDocumentFetcher,
  makeLocalActors,
  makeRemoteActors,
  type RemoteActors,
} from "./actors/index.ts";
import type { GateParts } from "./gate/index.ts";

/** What a service knows of the fediverse: app.fediverse. */
export interface Fediverse {
  readonly actors: LocalActors;
  readonly remote: RemoteActors;
  readonly fetcher: DocumentFetcher;
  readonly gate: GateParts;
  readonly outside: Outside;
  /** Of one of ours, also of a member who is gone, until their goodbye is delivered; null: there is no such member, or none that is told of. */
  keysOf(actor: LocalActor): Promise<ActorKeys | null>;
}

declare module "fastify" {
  interface FastifyInstance {
    fediverse: Fediverse;
  }
}

export function openFediverse({ appName, runtime, services, publicUrl }: FastifyInstance): Fediverse {
  const { clock, config, db, keys } = runtime;
  const actors = makeLocalActors(publicUrl);
  const outside = outsideFor(config, "FEDIVERSE_LOOPBACK");
  const takesPlainHttp = publicUrl(appName, "").startsWith("http:");
  const ofInstance = () => findActorKeys(keys, actors.instance, null);
  const fetcher = makeDocumentFetcher({ outside, clock, takesPlainHttp, findKey: async () => (await ofInstance()).rsa });
  const remote = makeRemoteActors(db, clock, fetcher);
  const isSuspended = (host: string, actor: string) => services.fediverse.isSuspended(host, actor);
  return {
    ...{ actors, remote, fetcher, outside },
    gate: { app: appName, actors: remote, clock, isSuspended, isOurs: actors.isOurs, takesPlainHttp },
    async keysOf(actor) {
      if (actor.kind !== "member") return findActorKeys(keys, actor, null);
      const person = await services.identity.findPublicPerson(actor.name);
      const userId: UserId | null = person?.userId ?? (await services.erasures.findGone(actor.name))?.userId ?? null; // what it said last is still on its way
      return userId === null ? null : findActorKeys(keys, actor, userId);
    },
  };
}
