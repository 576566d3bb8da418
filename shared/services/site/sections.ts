import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import type { SaveResult, SiteSection, SiteSections, SiteService, Stated } from "../../contracts/site.ts";
import type { Tx } from "../../contracts/tx.ts";
import { purgeOnCommit } from "../../infrastructure/cache/index.ts";
import type { Db } from "../../infrastructure/db.ts";
import type { AuditState } from "../../models/audit.ts";
import { siteSettings } from "../../models/site.ts";

export type SettingsRow = typeof siteSettings.$inferSelect;

const NOTHING_SET: Omit<SettingsRow, "id" | "changedAt"> = {
  ...{ version: 0, name: null, tagline: null, logoId: null, joining: "open", retention: {} },
  ...{ accentLight: null, accentDark: null, paperLight: null, paperDark: null },
};

type Columns = Partial<typeof siteSettings.$inferInsert>;

/** How a section is read out of the row, written into it, and told to the log. */
interface SectionKind<Value> {
  readonly read: (row: Omit<SettingsRow, "id" | "changedAt">) => Value;
  readonly write: (value: Value) => Columns;
  readonly log: (value: Value) => AuditState;
}

const SECTIONS: { readonly [Section in SiteSection]: SectionKind<SiteSections[Section]> } = {
  look: {
    read: ({ name, tagline, logoId, ...row }) => ({ name, tagline, logoId, colours: coloursOf(row) }),
    write: ({ name, tagline, logoId, colours }) => ({
      ...{ name, tagline, logoId },
      ...(colours ?? { accentLight: null, accentDark: null, paperLight: null, paperDark: null }),
    }),
    log: ({ colours, ...rest }) => ({ ...rest, ...colours }),
  },
  joining: { read: ({ joining }) => joining, write: (joining) => ({ joining }), log: (joining) => ({ joining }) },
  retention: {
    read: ({ retention }) => Object.fromEntries(Object.entries(retention).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    write: (retention) => ({ retention }),
    log: (retention) => ({ ...retention }),
  },
};

export function coloursOf({
  accentLight,
  accentDark,
  paperLight,
  paperDark,
}: Pick<SettingsRow, "accentLight" | "accentDark" | "paperLight" | "paperDark">): SiteSections["look"]["colours"] {
  if (accentLight === null || accentDark === null || paperLight === null || paperDark === null) return null;
  return { accentLight, accentDark, paperLight, paperDark };
}

export async function readSettings(from: Db | Tx): Promise<Omit<SettingsRow, "id" | "changedAt">> {
  const [row] = await from.select().from(siteSettings);
  return row ?? NOTHING_SET;
}

/** Reading and saving what stewards set, a section at a time. */
export function makeSections({ db }: { db: Db }, { audit }: { audit: AuditService }): Pick<SiteService, "getSection" | "saveSection"> {
  return {
    getSection: async (section) => statedIn(section, await readSettings(db)),
    async saveSection(tx, section, { value, state, by }) {
      await tx.insert(siteSettings).values({ version: 0 }).onConflictDoNothing();
      const [row = NOTHING_SET] = await tx.select().from(siteSettings).for("update");
      const kind = SECTIONS[section] as SectionKind<typeof value>;
      const now = statedIn(section, row);
      if (stateOf(now.value) === stateOf(value)) return { kind: "unchanged" };
      if (now.state !== state) return { kind: "conflict", now } satisfies SaveResult<typeof value>;
      const version = sql`${siteSettings.version} + 1`;
      await tx
        .update(siteSettings)
        .set({ ...kind.write(value), version, changedAt: sql`now()` })
        .where(eq(siteSettings.id, true));
      await audit.record(tx, {
        ...{ app: "account", by, action: "set site", subject: `site:${section}`, reason: REASONS[section] },
        ...{ before: kind.log(now.value), after: kind.log(value) },
      });
      purgeOnCommit(tx, ["menu"]); // whose fragments, and with them all pages, are made anew
      return { kind: "saved" };
    },
  };
}

const REASONS: Record<SiteSection, string> = {
  look: "Set on the page of the site’s name and look",
  joining: "Set on the page of who may join",
  retention: "Set on the page of how long things stay",
};

function statedIn<Section extends SiteSection>(
  section: Section,
  row: Omit<SettingsRow, "id" | "changedAt">,
): Stated<SiteSections[Section]> {
  const value = SECTIONS[section].read(row) as SiteSections[Section];
  return { value, state: stateOf(value) };
}

/** Of the same values the same. */
function stateOf(value: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(value)))
    .digest("base64url")
    .slice(0, 22);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
