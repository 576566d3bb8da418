/** The door of this folder. */
export { type Keys, openKeys } from "./keys.ts";
export { deriveSecret, hashToken, isSameSecret, keyedHash, randomToken } from "./secrets.ts";
