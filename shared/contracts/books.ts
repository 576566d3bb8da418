import type { VatClass } from "../models/vat.ts";

/** Days of the co-operative's zone, both included: "2026-11-01". merchant: a code; null: all of them. */
export interface BookPeriod {
  from: string;
  until: string;
  merchant: string | null;
}

/**
 * What was sold or given back at one rate, as one thing that the ledger recorded. Amounts in minor units: what was given back is below
 * nothing. method: how the money moved, "sumup", "cash" or "bank"; receipt: "2026-12". Empty: there is none.
 */
export interface BookLine {
  entryId: number;
  recordedAt: Date;
  kind: string;
  orderReference: string;
  receipt: string;
  merchant: string;
  method: string;
  vatClass: VatClass;
  vatBasisPoints: number;
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
  currency: string;
}

/** What came of a period at one rate for one merchant: sold, given back (above nothing here), and what is left, with its tax. */
export interface BookSum {
  merchant: string;
  currency: string;
  vatClass: VatClass;
  vatBasisPoints: number;
  soldNetMinor: number;
  soldVatMinor: number;
  backNetMinor: number;
  backVatMinor: number;
  netMinor: number;
  vatMinor: number;
  grossMinor: number;
}

/** An account over a period: what it had before, what moved, what it had after. */
export interface AccountMove {
  account: string;
  currency: string;
  beforeMinor: number;
  inMinor: number;
  outMinor: number;
  afterMinor: number;
}

/** The ledger as book-keepers want it. It all comes from postings, so that it adds up to them to the penny. */
export interface BooksService {
  /** Oldest first. */
  listLines(period: BookPeriod): Promise<readonly BookLine[]>;
  /** By merchant, currency and rate. */
  listSums(period: BookPeriod): Promise<readonly BookSum[]>;
  /** Accounts of the merchant, or all; those that never had anything are left out. */
  listAccounts(period: BookPeriod): Promise<readonly AccountMove[]>;
}
