import type { FastifyInstance } from "fastify";
import type { RelationsHealth } from "../../contracts/relations.ts";
import { APPS, type App } from "../../models/apps.ts";
import { internalOriginOf } from "../config.ts";
import { isReady } from "./is-ready.ts";

/** A part that the service stands on, and how it is. */
export interface Part {
  name: string;
  isWell: boolean;
  detail: string;
}

const BEHIND_MS = 5_000;

/** How the parts of a service are at this moment; the slowest is waited for less than a second. */
export async function listParts({ appName, runtime, services }: FastifyInstance): Promise<Part[]> {
  const { db, cache, config } = runtime;
  const originOf = internalOriginOf(config);
  const others = APPS.filter((app) => app !== appName);
  const [database, ...ready] = await Promise.all([timed(() => db.ping()), ...others.map((app) => isReady(originOf(app)))]);
  return [
    { name: "Database", isWell: database !== null, detail: database === null ? "does not answer" : `answers in ${database} ms` },
    {
      name: "Cache",
      isWell: cache.state() === "connected",
      detail: `${cache.kind === "redis" ? "Redis" : "in this process"}, ${cache.state()}`,
    },
    relationsPart(services.relations.getHealth()),
    ...others.map((app, index) => servicePart(app, ready[index] ?? false)),
  ];
}

function servicePart(app: App, isWell: boolean): Part {
  return {
    name: app.charAt(0).toUpperCase() + app.slice(1),
    isWell,
    detail: isWell ? "ready" : "does not answer: its pieces are missing from pages",
  };
}

function relationsPart({ isLoaded, lagMs, trouble, overCeiling, tuples, isExporter }: RelationsHealth): Part {
  const name = "Relations";
  if (trouble !== null) return { name, isWell: false, detail: `can’t keep up: ${trouble}` };
  if (!isLoaded) return { name, isWell: true, detail: "nothing is kept whole yet: nobody has asked" };
  const kept = `${tuples} tuples kept whole, ${lagMs ?? 0} ms behind${isExporter ? ", exported by this process" : ""}`;
  if (overCeiling.length > 0) return { name, isWell: false, detail: `${kept}; more than meant in ${overCeiling.join(", ")}` };
  return { name, isWell: lagMs !== null && lagMs < BEHIND_MS, detail: kept };
}

async function timed(work: () => Promise<void>): Promise<number | null> {
  const begin = performance.now();
  return work().then(
    () => Math.max(1, Math.round(performance.now() - begin)),
    () => null,
  );
}
