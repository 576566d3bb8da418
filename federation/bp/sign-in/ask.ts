import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { networkOf, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { type Mailer, mailAddressOf } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { getInteraction, uidParams } from "./interaction.ts";
import { countTry, inMinutes } from "./limits.ts";
import { linkMail } from "./link-mail.ts";
import { newLinkSecrets } from "./secrets.ts";
import type { StartPage } from "./start-page.ts";

const email = z
  .string()
  .max(300)
  .transform((typed) => mailAddressOf(typed))
  .pipe(z.string());
const body = z.object({ email });
const typed = z.object({ email: z.string().catch("") }).catch({ email: "" });

const LINK_MINUTES = 15;
const MAX_PER_ADDRESS = 20;
const MAX_PER_ADDRESS_AND_MAILBOX = 5;
const MAX_PER_MAILBOX = 15;

/** POST /sign-in/:uid: mails a link. The same work and the same answer whether a member has this address or nobody. */
export const askForLink = (
  mailer: Mailer,
  startPage: StartPage,
): Route<{ Params: z.output<typeof uidParams>; Body: z.output<typeof body> }> => ({
  method: "POST",
  url: "/sign-in/:uid",
  schema: { params: uidParams, body },
  attachValidation: true,
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    const again = (message: string) =>
      startPage(reply, interaction, { email: typed.parse(request.body).email, errors: [{ field: "email", message }] });
    if (request.validationError) {
      reply.code(422);
      return again("Please give a mail address, as ada@example.org.");
    }
    const { email } = request.body;
    const waitSeconds = await countTry(request, limitsOf(request.ip, email));
    if (waitSeconds !== null) {
      reply.code(429).header("retry-after", String(waitSeconds));
      return again(
        `Too many links were asked for. Those in the mailbox work for 15 minutes each; you can ask again ${inMinutes(waitSeconds)}.`,
      );
    }
    await sendLink(request, mailer, email);
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

/** The mailbox comes last: one stranger, refused before, can't use up the links of its owner. */
function limitsOf(ip: string, email: string) {
  const network = networkOf(ip);
  return [
    { kind: "ip", value: network, hits: MAX_PER_ADDRESS },
    { kind: "email-from-ip", value: `${email} ${network}`, hits: MAX_PER_ADDRESS_AND_MAILBOX },
    { kind: "email", value: email, hits: MAX_PER_MAILBOX },
  ] as const;
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
