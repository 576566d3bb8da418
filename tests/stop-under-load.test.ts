import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, inject, it } from "vitest";
import { findFreePort } from "../scripts/free-port.ts";
import { Processes } from "../scripts/processes.ts";
import { TEST_SECRET } from "./app.ts";
import { withAppConfig } from "./app-config.ts";
import { newSeededDatabase } from "./database.ts";

const processes = new Processes("ignore");
const host = "market.rose-ash.localhost:8000";
const restore = withAppConfig("requestsPerMinute", 1_000_000); // a quick machine would reach the limit
afterAll(async () => {
  await processes.stop();
  restore();
});

it("a service that is told to stop under load answers every request of a balancer that heeds /readyz", async () => {
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
  let isReady = true;
  const statuses = new Map<number, number>();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
  const get = (path: string, by: http.Agent | undefined) =>
    new Promise<number>((resolve) => {
      const request = http.get({ host: "127.0.0.1", port, path, agent: by, headers: { host, accept: "text/html" } }, (answer) => {
        answer
          .resume()
          .on("end", () => resolve(answer.statusCode ?? 0))
          .on("error", () => resolve(-1));
      });
      request.on("error", () => resolve(-1));
    });
  const visit = async (path: string) => {
    while (isReady) {
      const status = await get(path, agent);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
  };
  const load = ["/", "/products/rye-sourdough", "/?x=1", "/?x=2", "/categories/bread", "/?x=3"].map(visit);
  await sleep(1_000);
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  while ((await get("/readyz", undefined)) === 200) await sleep(20);
  isReady = false; // the balancer sends nothing more; what it has sent is under way
  await Promise.all(load);
  agent.destroy();
  expect(await exited).toEqual([0, null]);
  expect([...statuses.keys()]).toEqual([200]);
  expect(statuses.get(200)).toBeGreaterThan(20);
});
