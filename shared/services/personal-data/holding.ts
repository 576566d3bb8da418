import type { SQL } from "drizzle-orm";
import type { App } from "../../models/apps.ts";
import type { UserId } from "../../models/ids.ts";

/**
 * Who is meant, by all that rows know them by. actor: the address of their actor; address: as others write it, ada@host. emails: in
 * small letters, every one they had here. former, formerActor: what stands in place of handle and actor once they are erased.
 */
export interface Person {
  readonly userId: UserId;
  readonly handle: string;
  readonly actor: string;
  readonly address: string;
  readonly emails: readonly string[];
  readonly former: string;
  readonly formerActor: string;
  readonly keepsPosts: boolean;
  readonly keepsComments: boolean;
}

/** SQL with the table's own columns in it, by their names. */
export type Where = (who: Person) => SQL;

/**
 * What becomes of the rows that are a person's.
 * deletes: they go. blanks: they stay, with these columns set to this SQL. keeps: the same, since the law wants the row until then
 * (SQL that gives the instant for each row). leaves: nothing is done; with a reason that a reader accepts.
 */
export type Deed =
  | { readonly does: "deletes" }
  | { readonly does: "blanks"; readonly sets: Readonly<Record<string, string | Where>>; readonly because: string }
  | { readonly does: "keeps"; readonly sets: Readonly<Record<string, string | Where>>; readonly until: string; readonly because: string }
  | { readonly does: "leaves"; readonly columns: readonly string[]; readonly because: string };

/**
 * One kind of rows that a service holds of people. what: in words that a page and a file name can use. whose: which rows are the
 * person's. shows: the columns that their export has of them; absent: nothing of it is theirs to take along, as what others wrote.
 */
export interface Holding {
  readonly table: string;
  readonly what: string;
  readonly whose: Where;
  readonly shows?: readonly string[];
  readonly deed: Deed;
  /** Done when all services have done the rest: it depends on what others of them still hold. */
  readonly isLast?: true;
}

/**
 * All that one service holds of people, in the order in which it is erased: what hangs on other rows before those. numbers: columns
 * that name a member by their number only, which stays and says "former member" from then on, each with why.
 */
export interface Holdings {
  readonly app: App;
  readonly holdings: readonly Holding[];
  readonly numbers: Readonly<Record<string, string>>;
}
