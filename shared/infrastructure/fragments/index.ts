export { defineFragment } from "./define-fragment.ts";
export { fragments } from "./plugin.ts";
export type { FragmentSubject } from "../../contracts/fragments.ts";
