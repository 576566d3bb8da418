import type { StatusPoll } from "@rose-ash/shared/contracts/statuses.ts";

/** A poll (docs: entities/Poll); id: of its status. reader false: nobody who could have answered. */
export function pollEntity({ options, endsAt, isOver, isMultiple, voters, mayVote }: StatusPoll, id: string, isReader: boolean) {
  const chosen = options.filter(({ isChosen }) => isChosen).map(({ position }) => position);
  return {
    ...{ id, expires_at: endsAt?.toISOString() ?? null, expired: isOver, multiple: isMultiple },
    ...{ votes_count: options.reduce((sum, { votes }) => sum + votes, 0), voters_count: voters },
    options: options.map(({ name, votes }) => ({ title: name, votes_count: votes })),
    emojis: [],
    // who asked counts as one who has answered: apps offer no choice then
    ...(isReader ? { voted: chosen.length > 0 || (!mayVote && !isOver), own_votes: chosen } : {}),
  };
}
