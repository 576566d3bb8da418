export type { FragmentSubject } from "../../contracts/fragments.ts";
export type { OwnerState } from "./ask-owner.ts";
export type { Shown } from "./compose.ts";
export { defineFragment, type OwnedFragment } from "./define-fragment.ts";
export { fragments } from "./plugin.ts";
export { serverTiming } from "./server-timing.ts";
