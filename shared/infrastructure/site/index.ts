/** The door of this folder: what stewards set for the whole site, at hand in every process. */
export { type LiveSite, openSite, type SiteKeeper } from "./live-site.ts";
export { siteSheet } from "./plugin.ts";
