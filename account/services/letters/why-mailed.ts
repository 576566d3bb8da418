import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { SubscriberId } from "@rose-ash/shared/models/ids.ts";

/** What a proof about one address rests on: all of it is this address's own affair. */
const ITS_OWN = [
  ...["mailable", "subscribed", "bulletin", "main_address", "confirmed_email", "opted_out", "suppressed"].map((name) => `account.${name}`),
  ...["member", "active", "part_of"].map((name) => `shared.${name}`),
];

/** What it follows from that an address is sent a list, for whoever has the address; null: it is not. */
export function whyMailed({ relations }: Pick<Services, "relations">, subscriberId: SubscriberId, slug: string): Promise<ProofView | null> {
  return relations.explain(null, { relation: "account.mailable", values: [`subscriber:${subscriberId}`, slug] }, ITS_OWN);
}
