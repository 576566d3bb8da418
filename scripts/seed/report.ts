/** How many rows of each kind a run made. */
export interface SeedReport {
  media: number;
  people: number;
  rights: number;
  groups: number;
  products: number;
  posts: number;
  pages: number;
  places: number;
  scrapes: number;
  entries: number;
  slots: number;
  cycles: number;
  orders: number;
  tickets: number;
  statuses: number;
  comments: number;
  activities: number;
  notifications: number;
  newsletters: number;
}

/** The report of a run that had nothing to do. */
export const NOTHING: SeedReport = {
  ...{ media: 0, people: 0, rights: 0, groups: 0, products: 0, posts: 0, pages: 0, places: 0, scrapes: 0, entries: 0, slots: 0, cycles: 0 },
  ...{ orders: 0, tickets: 0, statuses: 0, comments: 0, activities: 0, notifications: 0, newsletters: 0 },
};
