export { choose } from "./choose.ts";
export { extractProduct, findCandidates } from "./extract-product.ts";
export { currenciesOf } from "./price/currencies.ts";
export { parsePrice } from "./price/parse-price.ts";
export type { Candidate, Field } from "./product.ts";
export { siteRules } from "./site-rules.ts";
export { priorOf, type Weights } from "./weights.ts";
