import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { SumUpClient } from "../sumup/index.ts";

/** What payments are made with. */
export interface PaymentParts {
  services: Pick<Services, "payments" | "orders" | "outgoing">;
  transaction: FastifyInstance["transaction"];
  /** Null: there is no key for this merchant. */
  clientFor(merchantCode: string): Promise<SumUpClient | null>;
  /** Where SumUp calls. */
  returnUrl: string;
  /** Where the buyer's browser goes, by the order's reference. */
  redirectUrlOf(reference: string): string;
  /** What SumUp shows people beside the amount. */
  descriptionOf(reference: string): string;
  log: Pick<FastifyBaseLogger, "warn" | "info">;
}
