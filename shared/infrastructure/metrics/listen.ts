import { once } from "node:events";
import http from "node:http";
import { EXPOSITION_TYPE } from "./exposition.ts";
import type { Scraper } from "./scrape.ts";

/** A port for collectors of figures: GET /metrics, and nothing else. */
export interface MetricsPort {
  /** Gives the port; rejects when it is taken. port 0: a free one. */
  listen(address: { host: string; port: number }): Promise<number>;
  close(): Promise<void>;
}

/** Few ask, and seldom; whoever else finds the port can't hold much of the process. */
const MAX_CONNECTIONS = 16;

/** Not listening yet. */
export function makeMetricsPort(scraper: Scraper): MetricsPort {
  const server = http.createServer({ requestTimeout: 10_000, headersTimeout: 5_000 }, async (request, response) => {
    const [path] = (request.url ?? "").split("?", 1);
    if (request.method !== "GET" || path !== "/metrics") return void response.writeHead(404).end();
    const page = await scraper.page();
    response.writeHead(200, { "content-type": EXPOSITION_TYPE, "cache-control": "no-store" }).end(page);
  });
  server.maxConnections = MAX_CONNECTIONS;
  return {
    async listen({ host, port }) {
      server.listen(port, host);
      await once(server, "listening");
      const address = server.address();
      return typeof address === "object" && address !== null ? address.port : port;
    },
    async close() {
      if (!server.listening) return;
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
