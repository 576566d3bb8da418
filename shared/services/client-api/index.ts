import type { ClientApiService } from "../../contracts/client-api.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { makeApps } from "./apps.ts";
import { makeLeavings } from "./leavings.ts";
import { makeTokens } from "./tokens.ts";
import { makeUploads } from "./uploads.ts";

/** Mastodon's client API as far as it has things of its own, from PostgreSQL. */
export function makeClientApiService(deps: ServiceDeps): ClientApiService {
  return { ...makeApps(deps), ...makeTokens(deps), ...makeUploads(deps), ...makeLeavings(deps) };
}
