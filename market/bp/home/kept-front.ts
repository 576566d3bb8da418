import { deserialize, serialize } from "node:v8";
import { shopFront } from "@rose-ash/shared/contracts/market.ts";
import { placeCard } from "@rose-ash/shared/contracts/places.ts";
import { type Keepable, Kept } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { goodUntilOffers } from "../good-for-offers.ts";
import { goodUntilPlaces } from "../places/place-line.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** What the front page shows to everybody. */
    findFront(): Promise<Front>;
  }
}

const cycle = z.object({ name: z.string(), zone: z.string(), opensAt: z.date(), closesAt: z.date(), isOpen: z.boolean() });
const kind = shopFront
  .unwrap()
  .extend({ places: z.array(placeCard).readonly(), cycles: z.array(cycle.extend({ begunCases: z.number().int() })).readonly() })
  .readonly();
type Front = z.output<typeof kind>;

const MAX_BYTES = 256 * 1024;
const WANT: Keepable = { key: "market:front", tags: ["shop", "places"], ttlSeconds: 10, isPersonal: false };

/** Gives the app findFront(). It is four questions to the database, and the same for everybody: members, whose pages are not kept, wait for none of them. */
export function keepFront(app: FastifyInstance): void {
  const { services, runtime } = app;
  const kept = new Kept<Front>({
    cache: runtime.cache,
    pack: (front) => serialize(front).toString("base64"), // with its dates
    unpack: (text) => kind.safeParse(deserialize(Buffer.from(text, "base64"))).data ?? null,
    sizeOf: (front) => serialize(front).byteLength,
    maxBytes: MAX_BYTES,
  });

  async function read(): Promise<Front> {
    const [place] = await kept.find([WANT], false);
    if (place?.found?.isFresh) return place.found.value;
    const [shelves, places, cycles] = await Promise.all([
      services.market.getShopFront(),
      services.places.listPlaces(),
      services.cycles.listOpenCycles(),
    ]);
    const front = kind.parse({ ...shelves, places, cycles: cycles.map((one) => ({ ...one, begunCases: one.begun.length })) });
    if (place !== undefined) await kept.put(place, front, goodUntilOf(front));
    return front;
  }

  app.decorate("findFront", async () => kept.findNow(WANT) ?? (await read()));
}

/** When something of it stops being true: a place closes, an order cycle opens. In ms since 1970. */
export function goodUntilOf({ places, cycles, newest }: Front): number {
  return Math.min(goodUntilPlaces(places), goodUntilOffers([...cycles, ...newest.map(({ order }) => order)]));
}
