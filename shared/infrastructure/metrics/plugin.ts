import type { FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import type { App } from "../../models/apps.ts";
import type { Db } from "../db.ts";
import { archiveGroup, poolGroup } from "./database.ts";
import type { MetricGroup } from "./group.ts";
import { watchRequests } from "./http-requests.ts";
import { makeMetricsPort } from "./listen.ts";
import { watchProcess } from "./process.ts";
import { Scraper } from "./scrape.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** What can be read about this service; whoever has figures adds theirs. */
    metricGroups: MetricGroup[];
    /** Opens METRICS_PORT until the app closes, and gives the port; null where none is set. Rejects when it is taken. */
    openMetrics(): Promise<number | null>;
  }
}

interface MetricsOptions {
  name: App;
  db: Db;
  config: { HOST: string; METRICS_PORT?: number | undefined };
  /** Requests that the process sends itself: they are no visits. */
  isOwn: (request: FastifyRequest) => boolean;
}

/** Figures for Prometheus on a port of their own. Without METRICS_PORT nothing is watched that would not be watched anyway. */
export const metrics = plugin<MetricsOptions>(async (app, { name, db, config, isOwn }) => {
  const groups: MetricGroup[] = [];
  app.decorate("metricGroups", groups);
  const { HOST: host, METRICS_PORT: port } = config;
  if (port === undefined) {
    app.decorate("openMetrics", async () => null);
    return;
  }
  const watched = watchProcess();
  groups.push(watched, watchRequests(app, isOwn), poolGroup(db), archiveGroup(db));
  const metricsPort = makeMetricsPort(new Scraper({ groups, common: { app: name }, log: app.log }));
  app.decorate("openMetrics", () => metricsPort.listen({ host, port }));
  app.addHook("onClose", async () => {
    watched.stop();
    await metricsPort.close();
  });
});
