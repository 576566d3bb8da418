import type { FediverseService } from "../../contracts/fediverse.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeCollections } from "./collections.ts";
import { makeDocuments } from "./documents.ts";
import { makeFollows } from "./follows.ts";
import { makeHosts } from "./hosts.ts";
import { makeIncoming } from "./incoming.ts";
import { makeKeepPublished } from "./keep-published.ts";
import { makeReactions } from "./reactions.ts";
import { makeSaid } from "./said.ts";
import { say } from "./say.ts";

export function makeFediverseService(deps: ServiceDeps): FediverseService {
  return {
    ...makeHosts(deps),
    ...makeCollections(deps),
    ...makeSaid(deps),
    ...makeFollows(deps),
    ...makeIncoming(deps),
    ...makeReactions(deps),
    ...makeDocuments(deps),
    ...makeKeepPublished(deps),
    say,
  };
}
