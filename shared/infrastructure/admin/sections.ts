import type { FastifyRequest } from "fastify";
import type { Action } from "../../contracts/relations.ts";

/** One entry of the menu under /admin, shown to those who may do `action`. */
export interface AdminSection {
  path: `/admin/${string}`;
  name: string;
  /** What one finds there, in a line. */
  detail: string;
  action: Action;
  /** Whether it is there for somebody who may not do `action`, as an author's own posts are. Absent: for nobody. */
  isOpenTo?: (request: FastifyRequest) => Promise<boolean>;
}

/** The sections that are there for who asks, who may do these actions. */
export async function openSections(request: FastifyRequest, actions: readonly Action[]): Promise<AdminSection[]> {
  const { adminSections } = request.server;
  const isOpen = await Promise.all(
    adminSections.map(async ({ action, isOpenTo }) => actions.includes(action) || (await isOpenTo?.(request)) === true),
  );
  return adminSections.filter((_, index) => isOpen[index]);
}
