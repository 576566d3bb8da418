/** The door of this folder. */
export { hostCookie, isHttps } from "./cookies.ts";
export { sessions } from "./plugin.ts";
