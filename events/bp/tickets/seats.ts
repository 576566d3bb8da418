import { type AnyForm, typed } from "../entry-form/fields.ts";

/** The most places that a form asks about one by one. */
export const MAX_SEATS = 20;

/** For how many places a form asked. */
export function seatsShown(form: AnyForm): number {
  return countOf(typed(form, "seats"));
}

/** For how many places it asks when it is shown again. */
export function seatsWanted(form: AnyForm): number {
  return countOf(typed(form, "quantity"));
}

function countOf(text: string): number {
  return /^\d{1,3}$/.test(text) ? Math.min(MAX_SEATS, Math.max(1, Number(text))) : 1;
}
