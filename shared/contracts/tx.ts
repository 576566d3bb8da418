import type { NodePgDatabase } from "drizzle-orm/node-postgres";

/** A transaction under way. Whoever opened it commits it; commands take it first and never commit. */
export type Tx = Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];
