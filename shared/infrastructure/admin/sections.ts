import type { Action } from "../../contracts/relations.ts";
import type { UserId } from "../../models/ids.ts";

/** One entry of the menu under /admin, shown to those who may do `action`. */
export interface AdminSection {
  path: `/admin/${string}`;
  name: string;
  /** What one finds there, in a line. */
  detail: string;
  action: Action;
  /** Whether it is there for somebody who may not do `action`, as an author's own posts are. Absent: for nobody. */
  isOpenTo?: (userId: UserId) => Promise<boolean>;
}

/** The sections that are there for somebody who may do these actions. */
export async function openSections(sections: readonly AdminSection[], userId: UserId, actions: readonly Action[]): Promise<AdminSection[]> {
  const isOpen = await Promise.all(
    sections.map(async ({ action, isOpenTo }) => actions.includes(action) || (await isOpenTo?.(userId)) === true),
  );
  return sections.filter((_, index) => isOpen[index]);
}
