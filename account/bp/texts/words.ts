import type { SiteTextKind } from "@rose-ash/shared/models/site.ts";

/** What each text is called on pages. */
export const TEXT_NAMES: Readonly<Record<SiteTextKind, string>> = {
  imprint: "Imprint",
  privacy: "Privacy",
  terms: "Terms",
};
