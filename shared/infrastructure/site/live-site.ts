import type { Picture } from "../../contracts/dto.ts";
import type { SiteNow } from "../../contracts/site.ts";
import { type Joining, SITE_TEXTS, type SiteTextKind } from "../../models/site.ts";
import { OWN_COLOURS } from "../../models/site-colours.ts";
import type { SiteConfig } from "../config.ts";
import type { Listener } from "../listener/index.ts";
import { type Sheet, sheetOf } from "./sheet.ts";

/** On which every process hears that stewards changed something; the database tells it with the commit. */
const CHANNEL = "site_changed";
const RETRY_MS = 1000;

/** What holds for the whole site at this moment: the configuration, and over it what stewards set. Read anew by whoever uses it. */
export interface LiveSite extends SiteConfig {
  /** Another one whenever what pages show of it is another. */
  readonly state: string;
  /** What the configuration says, where stewards have not said otherwise. */
  readonly configured: { readonly name: string; readonly tagline: string };
  readonly logo: Picture | null;
  /** The path of the style sheet with its colours; "": it has none of its own. */
  readonly sheet: string;
  readonly themeColours: { readonly light: string; readonly dark: string };
  readonly joining: Joining;
  /** Texts that are public, in the order of the footer. */
  readonly texts: readonly SiteTextKind[];
}

/** Keeps it as the database has it. */
export interface SiteKeeper {
  /** Resolves once it is read for the first time; from then on it is read again whenever somebody says that it is another. */
  follow(read: () => Promise<SiteNow>): Promise<void>;
  /** For whoever has just changed it, and shows the next page. */
  refresh(): Promise<void>;
  /** Its own style sheet; null: none. */
  sheet(): Sheet | null;
  close(): void;
}

const NOTHING_SET: SiteNow = { version: 0, name: null, tagline: null, logo: null, colours: null, joining: "open", texts: {} };

/** The site as the configuration says, until somebody follows what stewards set. */
export function openSite(config: SiteConfig, listener: Listener): { site: LiveSite; siteKeeper: SiteKeeper } {
  let now = NOTHING_SET;
  let sheet: Sheet | null = null;
  let read: (() => Promise<SiteNow>) | null = null;
  let end: () => void = () => undefined;
  let asked = 0;
  let retry: NodeJS.Timeout | undefined;

  async function refresh(): Promise<void> {
    if (read === null) return;
    const mine = ++asked;
    const found = await read();
    if (mine !== asked) return; // somebody asked later, and sees no less
    now = found;
    sheet = found.colours === null ? null : sheetOf(found.colours);
  }
  function refreshSoon(): void {
    clearTimeout(retry);
    void refresh().catch(() => {
      retry = setTimeout(refreshSoon, RETRY_MS).unref();
    });
  }
  const site: LiveSite = {
    ...config,
    get name() {
      return now.name ?? config.name;
    },
    get tagline() {
      return now.tagline ?? config.tagline;
    },
    get state() {
      return `${now.version}.${SITE_TEXTS.map((kind) => now.texts[kind] ?? 0).join(".")}`;
    },
    configured: { name: config.name, tagline: config.tagline },
    get logo() {
      return now.logo;
    },
    get sheet() {
      return sheet?.path ?? "";
    },
    get themeColours() {
      const { paperLight: light, paperDark: dark } = now.colours ?? OWN_COLOURS;
      return { light, dark };
    },
    get joining() {
      return now.joining;
    },
    get texts() {
      return SITE_TEXTS.filter((kind) => now.texts[kind] !== undefined);
    },
  };
  const siteKeeper: SiteKeeper = {
    async follow(reading) {
      read = reading;
      end();
      end = listener.listen(CHANNEL, { onNotice: refreshSoon, onGap: refreshSoon }).end;
      await refresh();
    },
    refresh,
    sheet: () => sheet,
    close() {
      clearTimeout(retry);
      read = null;
      end();
    },
  };
  return { site, siteKeeper };
}
