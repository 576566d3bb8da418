import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type Answer, addOptions, answer, verifyAdd } from "../../../passkeys/index.ts";
import { memberOf } from "../member.ts";
import { addedMail } from "./added-mail.ts";
import { passkeysPage } from "./list.ts";
import { NAME_ERROR, passkeyName } from "./name.ts";

const body = z.object({ name: z.string().max(1000).default(""), answer });
const typed = z.object({ name: z.string().catch("") }).catch({ name: "" });

const REFUSED = {
  refused: "The passkey could not be added: its answer was not for this page, or came too late. Please try once more.",
  taken: "This passkey is known here already.",
  "too-many": "You have 20 passkeys, which is as many as one member can have. Remove one that is no longer used.",
};

/** POST /settings/passkeys/options: a challenge that only the browser signed in here can answer, as JSON for the page's script. */
export const passkeyOptions: Route = {
  method: "POST",
  url: "/settings/passkeys/options",
  handler: async (request, reply) => reply.send(await addOptions(request.server, memberOf(request), sessionHash(request))),
};

/** GET: who reloads a refused answer comes back to the list. */
export const reloadAdd: Route = {
  method: "GET",
  url: "/settings/passkeys/new",
  handler: (_request, reply) => reply.redirect("/settings/passkeys", 303),
};

/** POST /settings/passkeys/new: keeps the passkey that the authenticator made, and tells the member so by mail. */
export const addPasskey = (mailer: Mailer): Route<{ Body: { name: string; answer: Answer } }> => ({
  method: "POST",
  url: "/settings/passkeys/new",
  schema: { body },
  attachValidation: true,
  async handler(request, reply) {
    const member = memberOf(request);
    const again = (field: string, message: string) =>
      passkeysPage(request, reply.code(422), { errors: [{ field, message }], name: typed.parse(request.body).name });
    if (request.validationError) return again("passkey", REFUSED.refused);
    const name = passkeyName.safeParse(request.body.name);
    if (!name.success) return again("name", NAME_ERROR);
    const made = await verifyAdd(request.server, request.body.answer, member.userId, sessionHash(request));
    if (made.kind === "refused") {
      request.log.info({ reason: made.reason }, "a new passkey was refused");
      return again("passkey", REFUSED.refused);
    }
    const { services, transaction } = request.server;
    const { kind } = await transaction((tx) => services.passkeys.addPasskey(tx, { ...made.passkey, name: name.data }));
    if (kind !== "added") return again("passkey", REFUSED[kind]);
    await tellOwner(request, mailer, name.data);
    return reply.redirect(withNotice("/settings/passkeys", "passkey-added"), 303);
  },
});

/** Challenges are bound to the session that asks: its token, hashed. */
function sessionHash({ cookies, server }: FastifyRequest): string {
  return hashToken(cookies[server.sessionCookies.session.name] ?? "");
}

/** A stranger at somebody's open browser could add one: its owner hears of it. The passkey stays, should the mail not go out. */
async function tellOwner(request: FastifyRequest, mailer: Mailer, passkey: string): Promise<void> {
  const { services } = request.server;
  const person = await services.identity.findPerson(memberOf(request).userId);
  if (person === null || person.email === null) return;
  await mailer.send(await addedMail(request.server, { to: person.email, name: person.name, passkey })).catch((cause: unknown) => {
    request.log.error({ err: cause }, "the mail about a new passkey was not sent");
  });
}
