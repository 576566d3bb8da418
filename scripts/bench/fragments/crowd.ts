import { openCache } from "@rose-ash/shared/infrastructure/cache/index.ts";
import { Listener } from "@rose-ash/shared/infrastructure/listener/index.ts";
import { createCache } from "async-cache-dedupe";
import { Redis } from "ioredis";
import { request } from "undici";
import { askerOf, composeWith } from "./ours.ts";

/** One of two processes of a stampede: told "ours" or "peer" and how many ask at once, it tells how many got their piece. */
const [ownersUrl = "", redisUrl = ""] = process.argv.slice(2);
const compose = await composeWith("account", openCache({ redisUrl, listener: new Listener("") }), ownersUrl);
const storage = { type: "redis" as const, options: { client: new Redis(redisUrl).on("error", () => undefined) } };
const peer = createCache({ ttl: 10, stale: 300, storage }).define("nav", async (_: string) => {
  const { body, statusCode } = await request(`${ownersUrl}/piece/0`);
  if (statusCode !== 200) throw new Error(`it answered ${statusCode}`);
  return body.text();
});

process.on("message", async ({ who, count }: { who: "ours" | "peer"; count: number }) => {
  const one = who === "ours" ? async () => (await compose(askerOf(null), [{ type: "nav-tree" }]))[0]?.html ?? "" : () => peer.nav("");
  const got = await Promise.all(Array.from({ length: count }, () => one().catch(() => "")));
  process.send?.({ served: got.filter((html) => html.length > 1000).length });
});
process.send?.({ port: 0 });
