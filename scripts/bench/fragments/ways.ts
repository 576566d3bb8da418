import PodiumClient from "@podium/client";
import { HttpIncoming } from "@podium/utils";
import { openCache } from "@rose-ash/shared/infrastructure/cache/index.ts";
import { Listener } from "@rose-ash/shared/infrastructure/listener/index.ts";
import { createCache } from "async-cache-dedupe";
import { Redis } from "ioredis";
import { Pool } from "undici";
import { askerOf, composeWith, PERSONAL_WANTS, PUBLIC_WANTS } from "./ours.ts";

const PIECES = [0, 1, 2, 3, 4, 5];

/** One way to have six pieces for a page: the html of each. */
export type Way = () => Promise<readonly string[]>;

/** Every way by name: ours and the peers', all over the same owners and the same Redis. Without Redis those that need it are left out. */
export async function openWays(ownersUrl: string, redisUrl: string | undefined): Promise<Record<string, Way>> {
  const listener = new Listener("postgres://127.0.0.1:9/none");
  const memory = openCache({ redisUrl: undefined, listener }); // nobody listens: nothing personal is kept
  const uncached = await composeWith("blog", memory, ownersUrl);
  let readers = 0;
  return {
    "ours-uncached": async () => (await uncached(askerOf(`browser-${readers++}`), PERSONAL_WANTS)).map(({ html }) => html),
    undici: byUndici(ownersUrl),
    podium: byPodium(ownersUrl),
    ...(await cachedWays(ownersUrl, redisUrl)),
  };
}

async function cachedWays(ownersUrl: string, redisUrl: string | undefined): Promise<Record<string, Way>> {
  const load = byUndici(ownersUrl);
  const dedupe = createCache({ ttl: 3600, storage: { type: "memory" } }).define("piece", async (i: number) => (await load())[i] ?? "");
  const memory: Record<string, Way> = { "dedupe-memory": () => Promise.all(PIECES.map((i) => dedupe.piece(i))) };
  if (redisUrl === undefined) return memory;
  const unused = new Listener("");
  const [near, far] = [openCache({ redisUrl, listener: unused }), openCache({ redisUrl, listener: unused })];
  const fromNear = await composeWith("account", near, ownersUrl);
  const fromFar = await composeWith("account", far, ownersUrl, 1);
  const redis = new Redis(redisUrl).on("error", () => undefined);
  const keys = PIECES.map((i) => `bare:${i}`);
  await redis.mset(Object.fromEntries((await load()).map((html, i) => [`bare:${i}`, html])));
  return {
    ...memory,
    "ours-near": async () => (await fromNear(askerOf(null), PUBLIC_WANTS)).map(({ html }) => html),
    "ours-far": async () => (await fromFar(askerOf(null), PUBLIC_WANTS)).map(({ html }) => html),
    mget: async () => (await redis.mget(keys)).map((html) => html ?? ""),
  };
}

function byUndici(ownersUrl: string): Way {
  const pool = new Pool(ownersUrl, { connections: 16, pipelining: 1 });
  return () =>
    Promise.all(
      PIECES.map(async (i) => {
        const { body } = await pool.request({ path: `/piece/${i}`, method: "GET" });
        return body.text();
      }),
    );
}

function byPodium(ownersUrl: string): Way {
  const client = new PodiumClient({ name: "bench" });
  const podlets = PIECES.map((i) => client.register({ name: `piece${i}`, uri: `${ownersUrl}/piece/${i}/manifest.json` }));
  const request = { headers: {}, hostname: "bench", url: "/" };
  return () => Promise.all(podlets.map(async (podlet) => (await podlet.fetch(new HttpIncoming(request as never, {} as never))).content));
}
