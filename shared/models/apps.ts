/** The six services, in the order in which a visitor meets them. */
export const APPS = ["blog", "market", "cart", "events", "federation", "account"] as const;

/** A service's name: its folder, its subdomain, its OAuth client id. */
export type App = (typeof APPS)[number];
