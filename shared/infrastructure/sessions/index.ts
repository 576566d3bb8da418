/** The door of this folder. */
export { hostCookie, isHttps } from "./cookies.ts";
export { dropInvitation, invitationOf, keepInvitation } from "./invitation-cookie.ts";
export { keeperMark, letKeep } from "./keeper.ts";
export { sessions } from "./plugin.ts";
