import { and, eq, sql } from "drizzle-orm";
import type { CalendarFilesService } from "../../contracts/calendar-files.ts";
import type { Db } from "../../infrastructure/db.ts";
import { calendarImports } from "../../models/calendars.ts";

type Uploads = Pick<CalendarFilesService, "keepUpload" | "findUpload" | "dropUpload" | "dropLapsedUploads">;

/** How long somebody may look at what a file would change. */
const MINUTES = 60;

/** Files between their plan and being taken in: one of a person for a calendar. */
export function makeUploads(db: Db): Uploads {
  return {
    async keepUpload(tx, { calendarId, by, name, bytes, tokenHash }) {
      await tx.delete(calendarImports).where(and(eq(calendarImports.calendarId, calendarId), eq(calendarImports.broughtById, by)));
      const expiresAt = sql`now() + make_interval(mins => ${MINUTES})`;
      await tx.insert(calendarImports).values({ tokenHash, calendarId, name, bytes, broughtById: by, expiresAt });
    },
    async findUpload({ calendarId, by, tokenHash }) {
      const isTheirs = and(eq(calendarImports.calendarId, calendarId), eq(calendarImports.broughtById, by));
      const [found] = await db
        .select({ name: calendarImports.name, bytes: calendarImports.bytes })
        .from(calendarImports)
        .where(and(eq(calendarImports.tokenHash, tokenHash), isTheirs, sql`${calendarImports.expiresAt} > now()`));
      return found ?? null;
    },
    async dropUpload(tx, tokenHash) {
      await tx.delete(calendarImports).where(eq(calendarImports.tokenHash, tokenHash));
    },
    async dropLapsedUploads(tx) {
      await tx.delete(calendarImports).where(sql`${calendarImports.expiresAt} <= now()`);
    },
  };
}
