/** The door of this folder. */
export { mountProvider } from "./mount-provider.ts";
