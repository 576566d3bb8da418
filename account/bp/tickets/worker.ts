import { basename } from "node:path";
import { makeAssetUrl, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";

const SCRIPT = "tickets-worker.js";

/** Where its service worker is, under the name of its content: another one is another address. */
export function workerUrl(): string {
  return `/tickets/worker.js?v=${basename(makeAssetUrl()(SCRIPT)).split(".")[1] ?? ""}`;
}

/** GET /tickets/worker.js: the service worker that keeps pages of tickets, and sees to no others. */
export const ticketsWorker: Route = {
  method: "GET",
  url: "/tickets/worker.js",
  handler: (_request, reply) =>
    reply
      .header("service-worker-allowed", "/tickets")
      .header("cache-control", "no-cache")
      .sendFile(basename(makeAssetUrl()(SCRIPT)), { cacheControl: false }),
};
