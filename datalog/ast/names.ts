/** Begins the names of relations that the engine makes for itself. No program names one so, and they are not facts of the database. */
export const HELPER = "\u0001";

/** The head of a goal's rule. */
export const GOAL = `${HELPER}goal`;

export function isHelper(key: string): boolean {
  return key.startsWith(HELPER);
}
