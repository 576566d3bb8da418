import type { AccountView } from "@rose-ash/shared/contracts/people.ts";
import type { Reader, StatusView, TimelineLine } from "@rose-ash/shared/contracts/statuses.ts";
import type { FastifyInstance } from "fastify";
import { type Account, account } from "./entities/account.ts";
import { boostEntity, type Status, statusEntity } from "./entities/status.ts";

const NO_TIES = { mentions: [], tags: [] };

/** What services answer, as entities for one reader: whatever a page of them needs is asked for at once. */
export interface Show {
  /** Whoever of these is known, by address. */
  accounts(uris: readonly string[]): Promise<ReadonlyMap<string, Account>>;
  /** In this order; whose author is not known any more is left out. */
  statuses(views: readonly StatusView[]): Promise<readonly Status[]>;
  /** The same, boosts as lines of their own. */
  lines(lines: readonly TimelineLine[]): Promise<readonly Status[]>;
  status(view: StatusView): Promise<Status | null>;
}

/** reader null: a guest looks. */
export function makeShow({ services, publicUrl }: FastifyInstance, reader: Reader | null): Show {
  const at = (path: string) => publicUrl("federation", path);
  const accounts: Show["accounts"] = async (uris) => {
    const views = await services.people.findAccounts(uris);
    const moved = await movedOf(views);
    return new Map([...views].map(([uri, view]) => [uri, account(view, at, moved.get(view.movedTo ?? "") ?? null)]));
  };
  const movedOf = (views: ReadonlyMap<string, AccountView>) =>
    services.people.findAccounts([...views.values()].flatMap(({ movedTo }) => movedTo ?? []));
  const lines: Show["lines"] = async (some) => {
    const ties = await services.statuses.listTies([...new Set(some.map(({ status }) => status.id))]);
    const named = [...ties.values()].flatMap(({ mentions }) => mentions);
    const people = await accounts([...some.flatMap(({ status, boostedBy }) => [status.author.uri, boostedBy?.uri ?? []].flat()), ...named]);
    return some.flatMap(({ status, boostedBy, place }): Status[] => {
      const around = { at, accounts: people, ties: ties.get(status.id) ?? NO_TIES, isReader: reader !== null };
      const inner = statusEntity(status, around);
      if (inner === null || boostedBy === null) return inner === null ? [] : [inner];
      const booster = people.get(boostedBy.uri);
      return booster === undefined ? [] : [boostEntity(inner, booster, place, new Date(Number(place.split("-")[0]) / 1000))];
    });
  };
  const statuses: Show["statuses"] = (views) => lines(views.map((status) => ({ status, boostedBy: null, place: "" })));
  return { accounts, lines, statuses, status: async (view) => (await statuses([view]))[0] ?? null };
}
