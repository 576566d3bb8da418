import { once } from "node:events";
import net from "node:net";
import { afterAll, describe, expect, it, vi } from "vitest";
import { startRedis } from "../../../scripts/embedded-redis.ts";
import { end, Processes } from "../../../scripts/processes.ts";
import { untilItKeeps } from "../../../tests/builders/caches.ts";
import { openSlowLine } from "../../../tests/builders/slow-line.ts";
import { tools } from "../../../tests/tools.ts";
import type { CacheTag } from "../../contracts/tags.ts";
import { openRedis } from "./redis.ts";

const processes = new Processes();
afterAll(() => processes.stop());

describe.runIf(tools.redis)("a Redis", () => {
  it("is shared: what one keeps another finds", async () => {
    const redis = await startRedis(processes);
    const [one, other] = [openRedis(redis.url), openRedis(redis.url)];
    await Promise.all([untilItKeeps(one), untilItKeeps(other)]);
    await one.set("shared", "by all", 60);
    expect((await other.read(["shared"], []))?.texts).toEqual(["by all"]);
    await Promise.all([one.close(), other.close()]);
  });

  it("is missed without an error while it hangs: two reads wait a little, the others not at all", async () => {
    const redis = await startRedis(processes);
    const cache = openRedis(redis.url);
    await untilItKeeps(cache);
    redis.child.kill("SIGSTOP");
    const waits = [];
    for (let i = 0; i < 20; i++) {
      const started = performance.now();
      expect(await cache.read(["probe"], ["menu"])).toBeNull();
      waits.push(performance.now() - started);
    }
    expect(Math.max(...waits)).toBeLessThan(400);
    expect(waits.slice(2).every((wait) => wait < 20)).toBe(true);
    expect(cache.state()).toBe("away");
    redis.child.kill("SIGCONT");
    await untilItKeeps(cache);
    await cache.close();
  });

  it("that answers after half a second costs a page a tenth of one, once a second", async () => {
    const redis = await startRedis(processes);
    const line = await openSlowLine(redis.port);
    const cache = openRedis(`redis://127.0.0.1:${line.port}`);
    await untilItKeeps(cache);
    line.delayMs = 500;
    const began = performance.now();
    let [reads, waited] = [0, 0];
    while (performance.now() - began < 3_000) {
      const started = performance.now();
      await cache.read(["probe"], ["menu"]);
      waited += performance.now() - started;
      reads++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(reads).toBeGreaterThan(150);
    expect(waited).toBeLessThan(900);
    line.delayMs = 0;
    await untilItKeeps(cache);
    await cache.close();
    line.close();
  });

  it("hears that somebody lets go of a claim also while it counts as slow: nobody waits for a claim of nobody", async () => {
    const redis = await startRedis(processes);
    const line = await openSlowLine(redis.port);
    const [cache, other] = [openRedis(`redis://127.0.0.1:${line.port}`), openRedis(redis.url)];
    await Promise.all([untilItKeeps(cache), untilItKeeps(other)]);
    expect(await cache.claim("page", 60_000)).toBe(true);
    line.delayMs = 200;
    for (let i = 0; i < 3; i++) await cache.read(["probe"], []);
    expect(cache.state()).toBe("away");
    await cache.release("page");
    await vi.waitFor(async () => expect(await other.claim("page", 60_000)).toBe(true), { timeout: 2_000 });
    await Promise.all([cache.close(), other.close()]);
    line.close();
  });

  it("is missed when it is killed, and serves again when it is back; nothing from before counts", async () => {
    const redis = await startRedis(processes);
    const cache = openRedis(redis.url);
    await untilItKeeps(cache);
    await cache.set("before", "the end", 60);
    const tags: CacheTag[] = ["menu", "cart:device:lane"];
    const before = (await cache.read([], tags))?.epoch;
    redis.child.kill("SIGKILL");
    await end(redis.child);
    for (let i = 0; i < 5; i++) {
      await cache.set("during", "nobody keeps it", 60);
      expect(await cache.read(["before", "during"], tags)).toBeNull();
      expect(await cache.claim("oven", 1000)).toBe(true); // everybody for himself
    }
    await startRedis(processes, redis.port);
    await untilItKeeps(cache);
    const after = await cache.read(["before", "during"], tags);
    expect(after?.texts).toEqual([null, null]);
    expect(after?.epoch).not.toBe(before); // of nothing that was begun before, not even where it was never purged
    await cache.close();
  });

  it("hears of a purge that it missed as soon as one of us reaches it again", async () => {
    const redis = await startRedis(processes);
    const line = await openSlowLine(redis.port);
    const [cut, other] = [openRedis(`redis://127.0.0.1:${line.port}`), openRedis(redis.url)];
    await Promise.all([untilItKeeps(cut), untilItKeeps(other)]);
    const before = (await other.read([], ["menu", "posts"]))?.versions ?? [];
    line.cut();
    await cut.purgeTags(["menu"]);
    expect((await other.read([], ["menu"]))?.versions).toEqual([before[0]]);
    line.mend();
    await untilItKeeps(cut);
    const seenByCut = (await cut.read([], ["menu"]))?.versions;
    expect(seenByCut).not.toEqual([before[0]]);
    await expect.poll(async () => (await other.read([], ["menu"]))?.versions, { timeout: 3_000 }).not.toEqual([before[0]]);
    expect((await other.read([], ["posts"]))?.versions).toEqual([before[1]]);
    await Promise.all([cut.close(), other.close()]);
    line.close();
  });

  it("need not be there at the start", async () => {
    const redis = await startRedis(processes);
    await end(redis.child);
    const cache = openRedis(redis.url);
    expect(await cache.read(["probe"], [])).toBeNull();
    await startRedis(processes, redis.port);
    await untilItKeeps(cache);
    await cache.close();
  });

  it("may be something else altogether", async () => {
    const stranger = net.createServer((socket) =>
      socket.on("data", () => socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")).on("error", () => undefined),
    );
    await once(stranger.listen(0, "127.0.0.1"), "listening");
    const address = stranger.address();
    const cache = openRedis(`redis://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
    for (let i = 0; i < 10; i++) expect(await cache.read(["probe"], ["menu"])).toBeNull();
    await cache.close();
    stranger.close();
  });
});
