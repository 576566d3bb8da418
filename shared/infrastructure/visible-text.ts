export { VISIBLE_TEXT } from "@rose-ash/shared/contracts/visible-text.ts";
