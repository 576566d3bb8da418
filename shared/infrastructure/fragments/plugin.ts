import plugin from "fastify-plugin";
import type { App } from "../../models/apps.ts";
import type { Figures, Kept } from "../cache/index.ts";
import { internalOriginOf } from "../config.ts";
import type { Runtime } from "../runtime.ts";
import { OwnerCalls } from "./ask-owner.ts";
import { type Compose, makeComposer } from "./compose.ts";
import type { OwnedFragment } from "./define-fragment.ts";
import { Fetches } from "./fetches.ts";
import { keepFragments } from "./kept-fragments.ts";
import { fragmentsGroup } from "./metrics.ts";
import { makeOwned } from "./owned.ts";
import { routeFragments } from "./routes.ts";
import { makeFragmentTokens } from "./tokens.ts";

declare module "fastify" {
  interface FastifyInstance {
    fragments: { compose: Compose; owners: OwnerCalls; kept: Kept<string> };
    /** Makes this app the maker of a fragment. */
    ownFragment(fragment: OwnedFragment): void;
  }
  interface FastifyRequest {
    /** The services by way of which this request for fragments came, as "blog events"; empty for a page. */
    fragmentPath: string;
    /** The page is kept for others: a piece that was purged a moment ago would stay in it. */
    isKeptPage: boolean;
  }
}

/** An owner may take five times the page's deadline: what comes late is kept for the next page. */
const PATIENCE = 5;
/** So much of the deadline a page waits for what another process makes; the rest is for asking the owner after all. */
const WAIT_FOR_OTHERS = 0.8;

/** Both sides of fragments: what this app makes for others, and what its pages show. */
export const fragments = plugin<{ name: App; runtime: Runtime; figures: Figures }>(async (app, { name, runtime, figures }) => {
  const { config, site, cache, keys } = runtime;
  const { deadlineMs } = site.fragments;
  const patienceMs = deadlineMs * PATIENCE;
  const owned = makeOwned(app);
  const tokens = makeFragmentTokens(name, keys);
  const kept = keepFragments(cache);
  const owners = new OwnerCalls({ name, owned, tokens, originOf: internalOriginOf(config), patienceMs });
  const fetches = new Fetches({ cache, kept, owners, waitMs: deadlineMs * WAIT_FOR_OTHERS, claimMs: 2 * patienceMs });
  app.metricGroups.push(fragmentsGroup({ figures, owners, kept, cache }));
  app.decorate("fragments", { compose: makeComposer({ kept, fetches, figures, deadlineMs }), owners, kept });
  app.decorate("ownFragment", owned.own);
  app.decorateRequest("fragmentPath", "");
  app.decorateRequest("isKeptPage", false);
  routeFragments(app, owned, tokens.verify);
});
