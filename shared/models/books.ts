/** For so many years after the end of its own the books of a year are kept: what tax law asks of invoices here. */
const BOOKS_KEPT_YEARS = 6;

/** SQL for when the books of a row close; created: the column with its instant. */
export function booksCloseAt(created: string): string {
  return `date_trunc('year', ${created}) + interval '${BOOKS_KEPT_YEARS + 1} years'`;
}
