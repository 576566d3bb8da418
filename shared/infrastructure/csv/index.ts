/** The door of this folder. */
export { type Cell, readGuarded, writeTable } from "./write-table.ts";
