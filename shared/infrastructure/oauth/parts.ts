import type { App } from "../../models/apps.ts";
import type { FlowCookies } from "./flow.ts";
import type { makeProviderClient } from "./provider-client.ts";

/** What the routes of the sign-in share. */
export interface SignInParts {
  name: App;
  client: ReturnType<typeof makeProviderClient>;
  flows: FlowCookies;
}
