import type { ChangeSetsService } from "../../contracts/change-sets.ts";
import type { ChangeSetId } from "../../models/ids.ts";
import type { Transaction } from "../activities/index.ts";

/** In one transaction: half a second, so that nobody waits for its rows for long. */
const AT_ONCE = 250;

interface Parts {
  changeSets: ChangeSetsService;
  transaction: Transaction;
}

/**
 * Makes all changes of a set that somebody began, some in each transaction: whoever is cut off in between goes on where it was. A line
 * that can't be written is left out, and what went wrong is thrown once the others are made. signal: stop between two transactions.
 */
export async function applyChanges({ changeSets, transaction }: Parts, id: ChangeSetId, signal?: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  let limit = AT_ONCE;
  while (signal?.aborted !== true) {
    try {
      const came = await transaction((tx) => changeSets.applySome(tx, id, limit));
      if (came !== "more") break;
      limit = Math.min(2 * limit, AT_ONCE);
    } catch (error) {
      // half as many, until the one that fails is alone
      if (limit === 1) {
        failures.push(error);
        await transaction((tx) => changeSets.leaveOut(tx, id));
      }
      limit = Math.ceil(limit / 2);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} changes of set ${id} could not be written`);
}
