import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";

/** GET /settings/passkeys: each with its name and when it was used last, and the way to add one. */
export const listPasskeys: Route = {
  method: "GET",
  url: "/settings/passkeys",
  handler: (request, reply) => passkeysPage(request, reply, { errors: [], name: "" }),
};

interface Form {
  /** field: "name" of the new one, or "rename-" with the id of one. */
  errors: { field: string; message: string }[];
  /** What was typed for the new one. */
  name: string;
}

/** The page, with the form as it was typed. */
export async function passkeysPage(request: FastifyRequest, reply: FastifyReply, { errors, name }: Form): Promise<FastifyReply> {
  const passkeys = await request.server.services.passkeys.listPasskeys(memberOf(request).userId);
  const byField = Object.fromEntries(errors.map(({ field, message }) => [field, message]));
  return settingsPage(reply, "Passkeys", "passkeys/list.html", { passkeys, name, list: errors, errors: byField });
}
