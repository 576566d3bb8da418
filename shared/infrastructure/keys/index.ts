/** The door of this folder. */
export { type KeyRing, type Keys, openKeys } from "./keys.ts";
export { openText, sealText } from "./sealed-text.ts";
export { deriveSecret, hashToken, isSameSecret, keyedHash, randomDeviceSecret, randomToken } from "./secrets.ts";
