import type { Menu, MenuChange, MenuResult } from "@rose-ash/shared/contracts/navigation.ts";
import { adminOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { FastifyRequest } from "fastify";

/** One change to a menu by whoever asks, if it still is as they saw it. */
export function changeMenu(request: FastifyRequest, menu: Menu, expectedVersion: string, change: MenuChange): Promise<MenuResult> {
  const { services, transaction } = request.server;
  const by = adminOf(request).userId;
  return transaction((tx) => services.navigation.changeMenu(tx, { menu, expectedVersion, by, change }));
}
