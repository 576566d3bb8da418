import { sql } from "drizzle-orm";

/**
 * Has the transaction's commit not wait for the disk. A crash of the database may forget the last pages of a run, in order: then
 * they are fetched again. Three waits a page would cost more than all that is read from it.
 */
export const UNFLUSHED = sql`set_config('synchronous_commit', 'off', true)`;
