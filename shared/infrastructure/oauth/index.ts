/** The door of this folder. */
export { browserWords } from "./browser-words.ts";
export { clientSecretOf, oauth } from "./plugin.ts";
