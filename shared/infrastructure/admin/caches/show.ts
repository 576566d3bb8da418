import type { Counted, Figures } from "../../cache/index.ts";
import type { OwnerState } from "../../fragments/index.ts";
import type { Route } from "../../http/index.ts";
import { adminOnly } from "../guard.ts";
import { menuOf } from "../menu.ts";

/** GET /admin/caches: figures of this process since its start; another replica has its own. */
export const showCaches = (figures: Figures): Route => ({
  method: "GET",
  url: "/admin/caches",
  onRequest: adminOnly("operate"),
  handler(request, reply) {
    const { runtime, fragments } = request.server;
    const { cache } = runtime;
    return reply.page("admin/caches/show.html", {
      menu: menuOf(request),
      kind: cache.kind === "redis" ? "Redis, for all processes" : "This process's memory",
      isConnected: cache.state() === "connected",
      pid: process.pid,
      upSince: new Date(runtime.clock.now().getTime() - process.uptime() * 1000),
      keptKilobytes: Math.round(fragments.kept.bytes() / 1024),
      counted: figures.list().map(rowOf),
      owners: fragments.owners.states().map(ownerRow),
    });
  },
});

function rowOf({ name, hit, stale, miss, fallback, missMs }: Counted) {
  const all = hit + stale + miss + fallback;
  const rate = all === 0 ? "" : `${Math.round((100 * (hit + stale)) / all)} %`;
  return {
    name,
    hit: String(hit),
    stale: String(stale),
    miss: String(miss),
    fallback: String(fallback),
    rate,
    ms: missMs?.toFixed(1) ?? "",
  };
}

function ownerRow({ owner, isLeftAlone, underWay }: OwnerState) {
  return { owner, state: isLeftAlone ? "left alone for a moment" : "asked", underWay: String(underWay) };
}
