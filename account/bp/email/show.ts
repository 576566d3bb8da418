import { domainToUnicode } from "node:url";
import type { OpenEmailChange } from "@rose-ash/shared/contracts/email-changes.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";

/** GET /settings/email: the address that signs in, and a change of it that is under way. */
export const showEmail: Route = {
  method: "GET",
  url: "/settings/email",
  handler: (request, reply) => emailPage(request, reply, { email: "", message: "", isChangedElsewhere: false }),
};

/** email: as it was typed. message: what is wrong with it. */
interface Shown {
  readonly email: string;
  readonly message: string;
  readonly isChangedElsewhere: boolean;
}

export async function emailPage(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
  const { services } = request.server;
  const userId = memberOf(request);
  const [person, open] = await Promise.all([services.identity.findPerson(userId), services.emailChanges.findOpen(userId)]);
  const change = open && { ...open, newWords: addressWords(open.newEmail) };
  const errors = shown.message === "" ? [] : [{ field: "email", message: shown.message }];
  return accountPage(reply, "email/show.html", { ...shown, current: person?.email ?? null, change, errors });
}

/** An address whose domain is in other letters than the network's is shown in both: the network's can't be mistaken for another's. */
export function addressWords(email: OpenEmailChange["newEmail"]): string {
  const [name = "", domain = ""] = email.split("@");
  const unicode = domainToUnicode(domain);
  return unicode === domain || unicode === "" ? email : `${email} (${name}@${unicode})`;
}
