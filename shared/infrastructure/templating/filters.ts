import type { Filter } from "./filter.ts";
import { LIST_FILTERS } from "./filters/lists.ts";
import { MARKUP_FILTERS } from "./filters/markup.ts";
import { NUMBER_FILTERS } from "./filters/numbers.ts";
import { ORDER_FILTERS } from "./filters/order.ts";
import { PRINT_FILTERS } from "./filters/print.ts";
import { SELECT_FILTERS } from "./filters/select.ts";
import { TEXT_FILTERS } from "./filters/text.ts";

/** Jinja2's built-in filters by name. */
export const FILTERS: ReadonlyMap<string, Filter> = new Map(
  [TEXT_FILTERS, MARKUP_FILTERS, LIST_FILTERS, ORDER_FILTERS, SELECT_FILTERS, NUMBER_FILTERS, PRINT_FILTERS].flatMap((group) => [...group]),
);
