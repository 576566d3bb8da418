/** What rows of one kind are found by: their natural key, and the id that the database gave them. */
export type Ids<Id> = ReadonlyMap<string, Id>;

/** Ids of rows that were there and of rows just made. */
export function idsOf<Id>(...lists: readonly (readonly { key: string; id: Id }[])[]): Ids<Id> {
  return new Map(lists.flat().map(({ key, id }) => [key, id]));
}

/** The id of a key that the content names; a name of nothing is a mistake in the content. */
export function idOf<Id>(ids: Ids<Id>, key: string): Id {
  const id = ids.get(key);
  if (id === undefined) throw new Error(`the seed names "${key}", which is not there`);
  return id;
}
