/** The door of this folder: what blueprints and app factory use. */
export { errorPages, notFound, nothingHere } from "./error-pages.ts";
export { dropForgedForwarding } from "./forwarded.ts";
export { guards } from "./guards.ts";
export { health } from "./health.ts";
export { logRequest } from "./log-request.ts";
export { logStream } from "./log-stream.ts";
export { networkOf } from "./network-of.ts";
export { isNoPage } from "./no-page.ts";
export type { Route } from "./route.ts";
export { securityHeaders } from "./security-headers.ts";
export { buildId, makeAssetUrl, staticFiles } from "./static-files.ts";
export { storedFiles } from "./stored-files.ts";
