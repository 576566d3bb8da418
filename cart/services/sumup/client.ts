import { toMajor } from "./amounts.ts";
import { ask, type Question, type SumUpSettings } from "./ask.ts";
import { SumUpError, unreadable } from "./sumup-error.ts";
import { type Checkout, type HistoryItem, readCheckout, readCheckouts, readHistory, readTransaction, type Transaction } from "./wire.ts";

/** A checkout to be made. returnUrl is where SumUp calls, redirectUrl where the buyer's browser goes. */
export interface NewCheckout {
  /** At most 64 characters, never used before with this merchant. */
  reference: string;
  amountMinor: number;
  currency: string;
  merchantCode: string;
  description: string;
  returnUrl: string;
  redirectUrl: string;
  validUntil: Date;
}

/** processed: somebody paid it, or it ended otherwise; reading it says which. */
export type Deactivation = "closed" | "processed" | "gone";

/** SumUp's online payments for one merchant. Amounts are in minor units. Everything throws SumUpError; never inside a transaction. */
export interface SumUpClient {
  /** Asked once, unless SumUp was busy: after "unclear", and after the refusal DUPLICATED_CHECKOUT, look for the reference. */
  createCheckout(checkout: NewCheckout): Promise<Checkout>;
  /** All that bear the reference: none or one, says SumUp. */
  findCheckouts(reference: string): Promise<readonly Checkout[]>;
  /** Null: there is none. */
  readCheckout(id: string): Promise<Checkout | null>;
  /** Nobody can pay it afterwards, when it answers "closed". */
  deactivateCheckout(id: string): Promise<Deactivation>;
  /** Null: there is none. */
  readTransaction(id: string): Promise<Transaction | null>;
  /** Asked once, unless SumUp was busy: after "unclear" the refunded amount has to be read. */
  refund(transactionId: string, amount: { minor: number; currency: string }): Promise<void>;
  /** What changed since then, oldest first, all pages. */
  listChanges(since: Date): Promise<readonly HistoryItem[]>;
}

const PAGE_SIZE = 100;
/** Ten thousand changes in one night: more is a loop. */
const MOST_PAGES = 100;

/** key: an API key of this merchant's account, or one that may act for it. */
export function makeSumUpClient(settings: SumUpSettings, merchant: { code: string; key: string }): SumUpClient {
  const asked = (question: Omit<Question, "key">) => ask(settings, { ...question, key: merchant.key });
  const read = (path: string) => asked({ method: "GET", path, isRepeatable: true });
  const merchantPath = encodeURIComponent(merchant.code);
  return {
    createCheckout: async (checkout) =>
      readCheckout(await asked({ method: "POST", path: "/v0.1/checkouts", body: wireOf(checkout), isRepeatable: false })),
    findCheckouts: async (reference) =>
      readCheckouts(await read(`/v0.1/checkouts?${new URLSearchParams({ checkout_reference: reference })}`)),
    readCheckout: (id) => orNull(async () => readCheckout(await read(`/v0.1/checkouts/${encodeURIComponent(id)}`))),
    async deactivateCheckout(id) {
      try {
        await asked({ method: "DELETE", path: `/v0.1/checkouts/${encodeURIComponent(id)}`, isRepeatable: true });
        return "closed";
      } catch (error) {
        if (!(error instanceof SumUpError) || (error.status !== 404 && error.status !== 409)) throw error;
        return error.status === 404 ? "gone" : "processed";
      }
    },
    readTransaction: (id) =>
      orNull(async () => readTransaction(await read(`/v2.1/merchants/${merchantPath}/transactions?${new URLSearchParams({ id })}`))),
    async refund(transactionId, { minor, currency }) {
      const path = `/v1.0/merchants/${merchantPath}/payments/${encodeURIComponent(transactionId)}/refunds`;
      await asked({ method: "POST", path, body: { amount: toMajor(minor, currency) }, isRepeatable: false });
    },
    listChanges: (since) => listChanges(since, (query) => read(`/v2.1/merchants/${merchantPath}/transactions/history?${query}`)),
  };
}

/** Looks with every page whether it is new: a feed that gives the same page again ends with an error, not never. */
async function listChanges(since: Date, readPage: (query: string) => Promise<unknown>): Promise<readonly HistoryItem[]> {
  const items: HistoryItem[] = [];
  const seen = new Set<string>();
  let query = new URLSearchParams({ changes_since: since.toISOString(), order: "ascending", limit: String(PAGE_SIZE) }).toString();
  while (!seen.has(query) && seen.size < MOST_PAGES) {
    seen.add(query);
    const page = readHistory(await readPage(query));
    items.push(...page.items);
    if (page.next === null) return items;
    query = page.next.replace(/^.*\?/, "");
  }
  throw unreadable(200, "a history without an end");
}

function wireOf(checkout: NewCheckout): Record<string, unknown> {
  return {
    checkout_reference: checkout.reference,
    amount: toMajor(checkout.amountMinor, checkout.currency),
    currency: checkout.currency,
    merchant_code: checkout.merchantCode,
    description: checkout.description,
    return_url: checkout.returnUrl, // where SumUp calls
    redirect_url: checkout.redirectUrl, // where the buyer goes
    valid_until: checkout.validUntil.toISOString(),
    hosted_checkout: { enabled: true },
  };
}

async function orNull<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SumUpError && error.status === 404) return null;
    throw error;
  }
}
