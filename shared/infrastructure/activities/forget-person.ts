import type { Services } from "../../contracts/services.ts";
import type { App } from "../../models/apps.ts";
import type { ErasureId } from "../../models/ids.ts";
import type { TransactionHandler } from "./handler.ts";

/** A member is erased: a service forgets its part, in the transaction that marks it as done. The six have it alike. */
export const forgetPerson = (app: App, { erasures }: Pick<Services, "erasures">): TransactionHandler => ({
  name: `${app}.forget-person`,
  kind: "transaction",
  atOnce: 1,
  handle: (tx, { object }) => erasures.forgetIn(tx, Number(object.id) as ErasureId, app),
});
