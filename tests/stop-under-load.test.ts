import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, inject, it } from "vitest";
import { findFreePort } from "../scripts/free-port.ts";
import { Processes } from "../scripts/processes.ts";
import { TEST_SECRET } from "./app.ts";
import { withAppConfig } from "./app-config.ts";
import { newSeededDatabase } from "./database.ts";

const PATHS = ["/", "/products/rye-sourdough", "/?x=1", "/?x=2", "/categories/bread", "/?x=3"];
const processes = new Processes("ignore");
const host = "market.rose-ash.localhost:8000";
const restore = withAppConfig("requestsPerMinute", 1_000_000); // a quick machine would reach the limit
afterAll(async () => {
  await processes.stop();
  restore();
});

it("a service that is told to stop under load answers every request of a balancer that heeds /readyz", async () => {
  const market = await startMarket();
  const balancer = press(market.port);
  await sleep(1_000);
  market.child.kill("SIGTERM");
  while ((await get(market.port, "/readyz", undefined)) === 200) await sleep(20);
  const statuses = await balancer.stop(); // it sends nothing more; what it has sent is under way
  expect(await market.exited).toEqual([0, null]);
  expect([...statuses.keys()]).toEqual([200]);
  expect(statuses.get(200)).toBeGreaterThan(20);
});

it("and of one that learns of it by its connections alone, which keeps what it has open until it is told", async () => {
  const market = await startMarket();
  const balancer = press(market.port);
  await sleep(1_000);
  market.child.kill("SIGTERM");
  expect(await market.exited).toEqual([0, null]);
  const statuses = await balancer.stop();
  expect(statuses.get(200)).toBeGreaterThan(5);
  expect(statuses.get("ECONNREFUSED")).toBeGreaterThan(0);
  // a new connection that is refused, or falls with the door it waited at, has given nothing away: a balancer turns to another
  for (const outcome of statuses.keys()) expect([200, "ECONNREFUSED", "ECONNRESET"]).toContain(outcome);
});

async function startMarket() {
  const port = await findFreePort();
  const child = await processes.serve(
    "market/server.ts",
    {
      PORT: String(port),
      PORTS: "blog=9,market=9,cart=9,events=9,federation=9,account=9", // the discard port: nobody answers
      DATABASE_URL: await newSeededDatabase(),
      DEPLOYMENT_SECRET: TEST_SECRET,
      MAIL_URL: "smtp://127.0.0.1:9",
      MEDIA_DIR: inject("mediaDir"),
      LOG_LEVEL: "silent",
      DRAIN_SECONDS: "1",
      REDIS_URL: undefined,
    },
    () => undefined,
  );
  return { port, child, exited: once(child, "exit") };
}

/** Asks over connections that it keeps, without a pause; stop tells how often it got which status or error. */
function press(port: number) {
  const statuses = new Map<number | string, number>();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  let isOver = false;
  const visits = PATHS.map(async (path) => {
    while (!isOver) {
      const status = await get(port, path, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (typeof status === "string") await sleep(20);
    }
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(visits);
      agent.destroy();
      return statuses;
    },
  };
}

function get(port: number, path: string, agent: http.Agent | undefined): Promise<number | string> {
  return new Promise((resolve) => {
    const give = (error: NodeJS.ErrnoException) => resolve(`${request.reusedSocket ? "kept: " : ""}${error.code ?? error.message}`);
    const request = http.get({ host: "127.0.0.1", port, path, agent, headers: { host, accept: "text/html" } }, (answer) => {
      answer
        .resume()
        .on("end", () => resolve(answer.statusCode ?? 0))
        .on("error", give);
    });
    request.on("error", give);
  });
}
