import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { getInteraction, uidParams } from "./interaction.ts";
import { linkMail } from "./link-mail.ts";
import type { SignInOptions } from "./options.ts";
import { limitKey, newLinkSecrets } from "./secrets.ts";

const body = z.object({ email: z.string().trim().toLowerCase().max(254).pipe(z.email()) });
const typed = z.object({ email: z.string().catch("") }).catch({ email: "" });

const LINK_MINUTES = 15;
const WINDOW_SECONDS = 15 * 60;
const MAX_PER_ADDRESS = 20;
const MAX_PER_ADDRESS_AND_MAILBOX = 5;
const MAX_PER_MAILBOX = 15;

/** POST /sign-in/:uid: mails a link. The same work and the same answer whether a member has this address or nobody. */
export const askForLink = (
  mailer: Mailer,
  listSuggestions: SignInOptions["listSuggestions"],
): Route<{ Params: z.output<typeof uidParams>; Body: z.output<typeof body> }> => ({
  method: "POST",
  url: "/sign-in/:uid",
  schema: { params: uidParams, body },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    if (request.validationError) {
      const errors = [{ field: "email", message: "Please give a mail address, as ada@example.org." }];
      const again = { interaction, email: typed.parse(request.body).email, errors, suggestions: await listSuggestions() };
      return reply.code(422).page("sign-in/start.html", again);
    }
    await countTry(request, request.body.email);
    await sendLink(request, mailer, request.body.email);
    return reply.redirect(`/sign-in/${interaction.uid}/sent`, 303);
  },
});

/** GET /sign-in/:uid/sent: look into your mailbox; the code of another browser is typed here. */
export const showSent: Route<{ Params: z.output<typeof uidParams> }> = {
  method: "GET",
  url: "/sign-in/:uid/sent",
  schema: { params: uidParams },
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    return reply.page("sign-in/sent.html", { interaction, errors: [], minutes: LINK_MINUTES });
  },
};

/** Refused tries do not count for the mailbox: one stranger can't use up the links of its owner. */
async function countTry({ server, ip }: FastifyRequest, email: string): Promise<void> {
  const { services, transaction, runtime } = server;
  const now = runtime.clock.now();
  const limits = [
    { key: limitKey(server, "ip", ip), hits: MAX_PER_ADDRESS },
    { key: limitKey(server, "email-from-ip", `${email} ${ip}`), hits: MAX_PER_ADDRESS_AND_MAILBOX },
    { key: limitKey(server, "email", email), hits: MAX_PER_MAILBOX },
  ];
  const isFine = await transaction(async (tx) => {
    for (const { key, hits } of limits) {
      if (!(await services.identity.withinLimit(tx, key, { hits, windowSeconds: WINDOW_SECONDS }, now))) return false;
    }
    return true;
  });
  if (isFine) return;
  const detail =
    "Too many links were asked for. Those in your mailbox still work for 15 minutes each; please wait a quarter of an hour before you ask for another.";
  throw new CodedError("too-many-requests", detail);
}

async function sendLink({ server, params, log }: FastifyRequest<{ Params: z.output<typeof uidParams> }>, mailer: Mailer, email: string) {
  const { services, transaction, runtime, publicUrl } = server;
  const { token, ...hashes } = newLinkSecrets(server, params.uid);
  const expiresAt = new Date(runtime.clock.now().getTime() + LINK_MINUTES * 60_000);
  await transaction((tx) => services.identity.createSignInLink(tx, { ...hashes, interactionUid: params.uid, email, expiresAt }));
  const url = publicUrl("federation", `/sign-in/${params.uid}/link/${token}`);
  const mail = await linkMail(server, { to: email, url, minutes: LINK_MINUTES });
  await mailer.send(mail).catch((cause: unknown) => {
    log.error({ err: cause }, "the sign-in mail was not sent");
    throw new CodedError("unavailable", "The mail with your link could not be sent just now. Please try again in a few minutes.");
  });
}
