import type { AnsweredEmailChange, OpenedEmailChange } from "@rose-ash/shared/contracts/email-changes.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { tellDone } from "./mails.ts";
import { addressWords } from "./show.ts";

const params = z.object({ token: z.string().regex(/^[\w-]{20,100}$/) });
const body = z.object({ answer: z.enum(["yes", "no"]) });
type Params = z.output<typeof params>;

/** GET: says what the link would do, and never does it: mail scanners follow links. Whoever has the mail may be signed in or not. */
export const showLink: Route<{ Params: Params }> = {
  method: "GET",
  url: "/settings/email/links/:token",
  schema: { params },
  async handler(request, reply) {
    secretly(reply);
    const { token } = request.params;
    const opened = await request.server.services.emailChanges.open(hashToken(token));
    if (opened.kind !== "open") return overPage(reply, opened);
    const { change, side, name, handle } = opened;
    return reply.page("email/link.html", { side, name, handle, action: `/settings/email/links/${token}`, change: wordsOf(change) });
  },
};

/** POST: says yes, or, from the old address, no. */
export const answerLink = (mailer: Mailer): Route<{ Params: Params; Body: z.output<typeof body> }> => ({
  method: "POST",
  url: "/settings/email/links/:token",
  schema: { params, body },
  async handler(request, reply) {
    secretly(reply);
    const { services, transaction } = request.server;
    const hash = hashToken(request.params.token);
    const answered = await transaction((tx) =>
      request.body.answer === "yes" ? services.emailChanges.agree(tx, hash) : services.emailChanges.refuse(tx, hash),
    );
    if (answered.kind === "waiting") return reply.page("email/answered.html", { waiting: wordsOf(answered.change), done: null });
    if (answered.kind !== "done") return overPage(reply, answered);
    await tellBoth(request, mailer, answered);
    return reply.page("email/answered.html", { waiting: null, done: { newWords: addressWords(answered.newEmail) } });
  },
});

/** The address of the page is a secret: it goes into no other request, and is kept by nobody. */
function secretly(reply: FastifyReply): void {
  reply.header("cache-control", "private, no-store").header("referrer-policy", "no-referrer");
}

const wordsOf = <Change extends { newEmail: string }>(change: Change) => ({ ...change, newWords: addressWords(change.newEmail) });

function overPage(
  reply: FastifyReply,
  { ...over }: Exclude<OpenedEmailChange | AnsweredEmailChange, { kind: "open" | "waiting" | "done" }>,
) {
  if (over.kind === "unknown") return reply.code(404).page("email/over.html", { end: "unknown" });
  return reply.code(over.end === "stopped" || over.end === "done" ? 200 : 410).page("email/over.html", { end: over.end });
}

/** It is done already: whoever does not get this sees it among the notifications. */
async function tellBoth(
  { server, log }: FastifyRequest,
  mailer: Mailer,
  done: Extract<AnsweredEmailChange, { kind: "done" }>,
): Promise<void> {
  const { name, oldEmail, newEmail } = done;
  for (const to of [...(oldEmail === null ? [] : [oldEmail]), newEmail]) {
    const mail = await tellDone(server, { to, name, newEmail });
    await mailer.send(mail).catch((cause: unknown) => log.error({ err: cause }, "a mail about a changed address was not sent"));
  }
}
