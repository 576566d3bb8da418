import { type BaseConfig, developmentDoorsOpen } from "../../config.ts";
import { OPEN_INTERNET, type Outside } from "./open-outside.ts";

type Setting = "SCRAPE_LOOPBACK" | "FEDIVERSE_LOOPBACK";
type Doors<Name extends Setting> = Pick<BaseConfig, "DEPLOYMENT" | "SITE_DOMAIN" | "HOST" | Name>;

/** What may be asked of suppliers, or of other servers: the open internet, and this machine's loopback where that was said and may be. Throws where it may not: production never does. */
export function outsideFor<Name extends Setting>(config: Doors<Name>, name: Name): Outside {
  if (config[name] === "off") return OPEN_INTERNET;
  if (!developmentDoorsOpen(config))
    throw new Error(`${name}=on needs DEPLOYMENT=development, a SITE_DOMAIN under .localhost and a loopback HOST: leave it off`);
  return {
    // RFC 6761 §6.3: all that ends in localhost is this machine, which not every resolver knows
    lookup: async (host) => (/(^|\.)localhost$/.test(host) ? [{ address: "127.0.0.1", family: 4 }] : OPEN_INTERNET.lookup(host)),
    isPublic: (address) => /^127\.|^::1$/.test(address) || OPEN_INTERNET.isPublic(address),
  };
}
