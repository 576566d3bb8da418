import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { SiteService } from "../../contracts/site.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { media } from "../../models/media.ts";
import { siteSettings, siteTexts } from "../../models/site.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { makeAgreements } from "./agreements.ts";
import { coloursOf, makeSections } from "./sections.ts";
import { makeTexts } from "./texts.ts";

/** The house itself, from PostgreSQL. */
export function makeSiteService(deps: ServiceDeps, parts: { audit: AuditService }): SiteService {
  const { db } = deps;
  return {
    ...makeSections(deps, parts),
    ...makeTexts(deps, parts),
    ...makeAgreements(deps),
    async getNow() {
      const newest = db
        .select({ kind: siteTexts.kind, version: sql<number>`max(${siteTexts.version})::int` })
        .from(siteTexts)
        .groupBy(siteTexts.kind);
      const { name, tagline, joining, version, accentLight, accentDark, paperLight, paperDark } = siteSettings;
      const columns = { name, tagline, joining, version, accentLight, accentDark, paperLight, paperDark, logo: pictureColumns };
      const [[row], texts] = await Promise.all([
        db.select(columns).from(siteSettings).leftJoin(media, eq(media.id, siteSettings.logoId)),
        newest,
      ]);
      return {
        ...{ version: row?.version ?? 0, name: row?.name ?? null, tagline: row?.tagline ?? null, joining: row?.joining ?? "open" },
        ...{ logo: row ? pictureOf(row.logo) : null, colours: row ? coloursOf(row) : null },
        texts: Object.fromEntries(texts.map((text) => [text.kind, text.version])),
      };
    },
  };
}
