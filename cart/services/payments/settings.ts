import { developmentDoorsOpen } from "@rose-ash/shared/infrastructure/config.ts";
import { deriveSecret, openText, sealText } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { PublicUrl } from "@rose-ash/shared/infrastructure/service-deps.ts";
import type { CartConfig } from "../../config/schema.ts";
import { makeSumUpClient, type SumUpClient } from "../sumup/index.ts";

const SUMUP = "https://api.sumup.com";
/** Where SumUp's own page of a checkout is. */
const HOSTED = "https://checkout.sumup.com";
/** What the simulator takes, of anybody. */
const SIMULATED_KEY = "sup_sk_simulated";
const PATIENCE = { timeoutMs: 12_000, pausesMs: [300, 1200], longestRestMs: 5_000 };

/** Where the API key of a merchant comes from. unreadable: one is kept that does not open: the deployment's secret was changed. */
export type KeySource = "settings" | "kept" | "simulator" | "unreadable" | "none";

/** API keys of merchants: those of SUMUP_KEYS go before those that staff have typed. */
export interface MerchantKeys {
  sourceOf(merchantCode: string): Promise<KeySource>;
  /** As it may be kept. */
  seal(merchantCode: string, key: string): Promise<string>;
  /** Null where there is no key. */
  clientFor(merchantCode: string): Promise<SumUpClient | null>;
}

/** SumUp's, and that of whoever stands in its place. */
export function payOriginsOf({ SUMUP_HOST }: Pick<CartConfig, "SUMUP_HOST">): readonly string[] {
  return SUMUP_HOST === undefined ? [HOSTED] : [HOSTED, new URL(SUMUP_HOST).origin];
}

/** findSealed: what is kept of a merchant. In development without SUMUP_KEYS the simulator stands where SumUp would, and everybody is paid there. */
export function makeMerchantKeys(
  config: CartConfig,
  publicUrl: PublicUrl,
  findSealed: (merchantCode: string) => Promise<string | null>,
): MerchantKeys {
  const isSimulated = config.SUMUP_KEYS === undefined && developmentDoorsOpen(config);
  const host = (config.SUMUP_HOST ?? (isSimulated ? publicUrl("cart", "/dev/sumup") : SUMUP)).replace(/\/+$/, "");
  const secret = deriveSecret(config.DEPLOYMENT_SECRET, "merchant-keys");
  const fromSettings = new Map(
    (config.SUMUP_KEYS ?? "").split(",").map((pair) => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)]),
  );
  const clients = new Map<string, { key: string; client: SumUpClient }>();

  async function find(code: string): Promise<{ source: KeySource; key: string | null }> {
    const set = fromSettings.get(code);
    if (set !== undefined) return { source: "settings", key: set };
    if (isSimulated) return { source: "simulator", key: SIMULATED_KEY }; // a real key is shown to nobody but SumUp
    const sealed = await findSealed(code);
    if (sealed === null) return { source: "none", key: null };
    const key = await openText(secret, code, sealed);
    return { source: key === null ? "unreadable" : "kept", key };
  }

  return {
    sourceOf: async (code) => (await find(code)).source,
    seal: (code, key) => sealText(secret, code, key),
    async clientFor(code) {
      const { key } = await find(code);
      if (key === null) return null;
      const known = clients.get(code);
      if (known?.key === key) return known.client;
      const client = makeSumUpClient({ ...PATIENCE, host }, { code, key });
      clients.set(code, { key, client });
      return client;
    },
  };
}
