import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import { startRedis } from "../../../scripts/embedded-redis.ts";
import { findFreePort } from "../../../scripts/free-port.ts";
import { Processes } from "../../../scripts/processes.ts";
import { untilItKeeps } from "../../../tests/builders/caches.ts";
import { openSlowLine } from "../../../tests/builders/slow-line.ts";
import { tools } from "../../../tests/tools.ts";
import { openRedis } from "./redis.ts";

const folder = mkdtempSync(join(tmpdir(), "rose-ash-sentinel-"));
const processes = new Processes();
afterAll(async () => {
  await processes.stop();
  rmSync(folder, { recursive: true });
});

/** A sentinel that decides alone, but takes no busy moment for an end: it is patient until the master has really gone. Returns its port. */
async function startSentinel(master: number): Promise<number> {
  const port = await findFreePort();
  const file = join(folder, `${port}.conf`);
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `sentinel monitor cache 127.0.0.1 ${master} 1`,
    "sentinel down-after-milliseconds cache 60000",
    "sentinel failover-timeout cache 3000",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  processes.start("redis-server", [file, "--sentinel"], { cwd: folder, stdio: "ignore" });
  return port;
}

describe.runIf(tools.redis)("Redis with sentinels", () => {
  // slow ones say who is the new master while they are still being asked
  it.each([0, 300])(
    "loses its master, with sentinels %d ms away: the cache goes on with the next one, and shows nothing whose purge may have been lost",
    {
      timeout: 60_000,
    },
    async (delayMs) => {
      const [master, replica] = [await startRedis(processes), await startRedis(processes)];
      const admin = new Redis(replica.url);
      const first = new Redis(master.url);
      await first.config("SET", "repl-diskless-sync-delay", "0"); // it would wait five seconds for more replicas
      first.disconnect();
      await admin.replicaof("127.0.0.1", master.port);
      const port = await startSentinel(master.port);
      const sentinel = new Redis(port, { retryStrategy: () => 50 }).on("error", () => undefined); // it is not up yet
      await expect.poll(() => replicasKnownTo(sentinel), { timeout: 20_000 }).toBe(1);

      const line = await openSlowLine(port);
      line.delayMs = delayMs;
      const cache = openRedis(`redis-sentinel://127.0.0.1:${line.port}/cache`);
      await untilItKeeps(cache);
      await cache.set("piece", "old", 600);
      const before = await cache.read(["piece"], ["menu"]);
      expect(before?.texts).toEqual(["old"]);
      await expect.poll(() => admin.get("rose-ash:piece"), { timeout: 20_000 }).toBe("old"); // the replica has it

      master.child.kill("SIGKILL");
      await sentinel.call("SENTINEL", "SET", "cache", "down-after-milliseconds", "300");
      const began = performance.now();
      await expect.poll(() => cache.state(), { timeout: 20_000 }).toBe("away");
      expect(await cache.read(["piece"], ["menu"])).toBeNull(); // and nobody waits
      await untilPromoted(admin);
      await untilItKeeps(cache);
      expect(performance.now() - began).toBeLessThan(30_000);
      const after = await cache.read(["piece"], ["menu"]);
      expect(after?.epoch).not.toBe(before?.epoch); // whoever asks for the piece sees that it is of another time
      await cache.close();
      line.close();
      sentinel.disconnect();
      admin.disconnect();
    },
  );
});

const replicasKnownTo = async (sentinel: Redis) => {
  const known = await sentinel.call("SENTINEL", "REPLICAS", "cache");
  return Array.isArray(known) ? known.length : 0;
};
const untilPromoted = (admin: Redis) => expect.poll(async () => (await admin.role())[0], { timeout: 30_000, interval: 100 }).toBe("master");
