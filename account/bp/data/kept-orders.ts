import type { RelationHandle } from "@rose-ash/shared/contracts/relations.ts";
import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { OrderId, UserId } from "@rose-ash/shared/models/ids.ts";

const MUST_KEEP: RelationHandle<{ user: UserId; order: OrderId }> = {
  relation: "account.must_keep",
  columns: { user: "user", order: "order" },
};

/** Orders that are kept until the same day. */
export interface KeptOrders {
  readonly until: Date;
  readonly orders: readonly { readonly reference: string }[];
}

/** Which orders must be kept, as the relation says, by the day until which; the first day first. */
export async function listKeptOrders({ relations, personalData }: Services, userId: UserId): Promise<readonly KeptOrders[]> {
  const kept = await relations.list(MUST_KEEP, { user: userId });
  const orders = await personalData.listOrders(
    userId,
    kept.map(({ order }) => order),
  );
  const days = Map.groupBy(orders, ({ keptUntil }) => keptUntil.getTime());
  return [...days].toSorted(([one], [other]) => one - other).map(([time, some]) => ({ until: new Date(time), orders: some }));
}
