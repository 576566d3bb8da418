import type { CalendarFilesService, ImportedSeries, ImportLine } from "@rose-ash/shared/contracts/calendar-files.ts";
import type { Transaction } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { CalendarFeedId, CalendarId, UserId } from "@rose-ash/shared/models/ids.ts";

const AT_ONCE = 25;

/** Takes series into a calendar, some to a transaction: whoever is cut off goes on from there, since the same again changes nothing. */
export async function takeIn(
  parts: { calendarFiles: Pick<CalendarFilesService, "importSeries">; transaction: Transaction },
  target: { calendarId: CalendarId; feedId: CalendarFeedId | null; by: UserId | null },
  series: readonly ImportedSeries[],
): Promise<ImportLine[]> {
  const lines: ImportLine[] = [];
  for (let at = 0; at < series.length; at += AT_ONCE) {
    const some = series.slice(at, at + AT_ONCE);
    lines.push(...(await parts.transaction((tx) => parts.calendarFiles.importSeries(tx, { ...target, series: some }))));
  }
  return lines;
}
