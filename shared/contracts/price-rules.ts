import type { CategoryId, PriceRuleId, UserId } from "../models/ids.ts";
import type { Rounding } from "../models/price-rules.ts";
import type { Tx } from "./tx.ts";

/** What a rule adds to the cost of a pack. null: of any shelf, of any supplier. addPermille 300: 30 %; minimumAddMinor: at least, before VAT. */
export interface PriceRuleFields {
  categoryId: CategoryId | null;
  supplierId: number | null;
  addPermille: number;
  minimumAddMinor: number;
  rounding: Rounding;
}

/** A rule in its order. of: what it is called by; example: what it makes of a cost of 2.10 without VAT, at a rate of nought. */
export interface PriceRuleView extends PriceRuleFields {
  id: PriceRuleId;
  of: string;
  example: string;
}

/** What makes prices of costs: of all rules in their order the first that fits a product. All changes stand in the log. */
export interface PriceRulesService {
  listRules(): Promise<readonly PriceRuleView[]>;
  /** id null: a new one, behind all others. gone: it is not there any more. */
  saveRule(tx: Tx, id: PriceRuleId | null, fields: PriceRuleFields, by: UserId): Promise<"saved" | "gone">;
  /** Before or behind the one beside it. */
  moveRule(tx: Tx, id: PriceRuleId, isUp: boolean, by: UserId): Promise<void>;
  removeRule(tx: Tx, id: PriceRuleId, by: UserId): Promise<void>;
}
