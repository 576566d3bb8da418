/** The door of this folder: the one connection over which a process hears the others. */
export { Listener, type Session, type Subscription } from "./listener.ts";
