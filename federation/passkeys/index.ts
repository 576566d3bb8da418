/** The door of this folder. */
export { type Answer, answer } from "./answer.ts";
export { addOptions, signInOptions, verifyAdd, verifySignIn } from "./ceremonies.ts";
