import { type Keepable, Kept } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { type AllReasons, reasonsOf } from "./reasons.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** Why a product has its allergens and labels. Rejects where the relations can't be asked. */
    reasonsOf(product: ProductId): Promise<AllReasons>;
  }
}

const MAX_BYTES = 2 * 1024 * 1024;
const said = z.array(z.tuple([z.string(), z.string()]));
const kind = z.object({ allergens: said, labels: said });

/** Gives the app reasonsOf(). A proof costs more than the rest of the page, and is the same for everybody: kept as long as the page is. */
export function keepReasons(app: FastifyInstance): void {
  const { runtime, services } = app;
  const kept = new Kept<z.output<typeof kind>>({
    cache: runtime.cache,
    pack: (reasons) => JSON.stringify(reasons),
    unpack: (text) => kind.safeParse(JSON.parse(text)).data ?? null,
    sizeOf: (reasons) => JSON.stringify(reasons).length,
    maxBytes: MAX_BYTES,
  });

  async function find(product: ProductId, want: Keepable) {
    const [place] = await kept.find([want], false);
    if (place?.found?.isFresh) return place.found.value;
    const { allergens, labels } = await reasonsOf(services, product);
    const reasons = { allergens: [...allergens], labels: [...labels] };
    if (place !== undefined) await kept.put(place, reasons);
    return reasons;
  }

  app.decorate("reasonsOf", async (product: ProductId) => {
    const want: Keepable = { key: `market:reasons:${product}`, tags: ["shop"], ttlSeconds: 60, isPersonal: false };
    const { allergens, labels } = kept.findNow(want) ?? (await find(product, want));
    return { allergens: new Map(allergens), labels: new Map(labels) };
  });
}
