import type { FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import type { FragmentWant } from "../../contracts/fragments.ts";
import type { App } from "../../models/apps.ts";
import { internalOriginOf } from "../config.ts";
import type { Runtime } from "../runtime.ts";
import { makeComposer } from "./compose.ts";
import type { OwnedFragment } from "./define-fragment.ts";
import { makeKept } from "./kept.ts";
import { makeOwned, routeFragments } from "./owner.ts";
import { makeFragmentTokens } from "./tokens.ts";

declare module "fastify" {
  interface FastifyInstance {
    fragments: {
      /** HTML of each want, in their order; "" for what could not be had in time. Never rejects. */
      compose(asker: Pick<FastifyRequest, "viewer" | "id" | "log">, wants: readonly FragmentWant[]): Promise<string[]>;
    };
    /** Makes this app the maker of a fragment. */
    ownFragment(fragment: OwnedFragment): void;
  }
}

/** Both sides of fragments: what this app makes for others, and what its pages fetch. */
export const fragments = plugin<{ name: App; runtime: Runtime }>(async (app, { name, runtime }) => {
  const { config, site, cache, keys } = runtime;
  const owned = makeOwned(app);
  const tokens = makeFragmentTokens(name, keys);
  const { compose } = makeComposer({
    name,
    owned,
    tokens,
    kept: makeKept(cache),
    originOf: internalOriginOf(config),
    deadlineMs: site.fragments.deadlineMs,
  });
  app.decorate("fragments", { compose });
  app.decorate("ownFragment", owned.own);
  routeFragments(app, owned, tokens);
});
