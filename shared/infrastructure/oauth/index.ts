/** The door of this folder. */
export { clientSecretOf, oauth } from "./plugin.ts";
