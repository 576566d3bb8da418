import { sql } from "drizzle-orm";
import type { Db } from "../db.ts";
import { gauge, type MetricGroup } from "./group.ts";

/** How the process's pool is doing; asks nobody. */
export function poolGroup(db: Db): MetricGroup {
  return {
    name: "pool",
    read() {
      const { open, idle, waiting, max } = db.pool();
      return [
        gauge("database_pool_connections", "Connections of this process by what they do.", [
          [{ state: "in-use" }, open - idle],
          [{ state: "idle" }, idle],
        ]),
        gauge("database_pool_max", "The most connections this process opens.", [[{}, max]]),
        gauge("database_pool_waiting", "Who waits for a connection.", [[{}, waiting]]),
      ];
    },
  };
}

/** How PostgreSQL's archive of its log is doing; nothing where it keeps none. */
export function archiveGroup(db: Db): MetricGroup {
  return {
    name: "archive",
    async read() {
      const { rows } = await db.execute<{ age: number | null; failing: boolean }>(sql`
        select extract(epoch from now() - last_archived_time)::float8 as age,
          coalesce(last_failed_time > coalesce(last_archived_time, '-infinity'), false) as failing
        from pg_stat_archiver where current_setting('archive_mode') <> 'off'`);
      const ages = rows.flatMap(({ age }) => (age === null ? [] : [[{}, age] as const]));
      const failures = rows.map(({ failing }) => [{}, failing ? 1 : 0] as const);
      return [
        gauge("database_archive_age_seconds", "Since the log of the database was last archived.", ages),
        gauge("database_archive_failing", "Whether the last try to archive it failed.", failures),
      ];
    },
  };
}
