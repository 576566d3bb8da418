import type { IdentityService } from "../../contracts/identity.ts";
import type { JoiningService } from "../../contracts/joining.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { type InvitationParts, makeInvitations } from "./invitations.ts";
import { makeRequests } from "./requests.ts";

/** How people become members, from PostgreSQL. */
export function makeJoiningService(
  deps: ServiceDeps,
  parts: InvitationParts & { readonly identity: Pick<IdentityService, "welcome"> },
): JoiningService {
  return { ...makeInvitations(deps, parts), ...makeRequests(deps, parts) };
}
