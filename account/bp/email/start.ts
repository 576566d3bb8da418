import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { deriveSecret, hashToken, keyedHash, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { type Mailer, mailAddressOf } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { EmailChangeId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { viewerOf } from "../member.ts";
import { askNew, askOld, tellHolder } from "./mails.ts";
import { emailPage } from "./show.ts";

const HOURS = 24;
const WINDOW_SECONDS = 3600;
const MOST = { ofMember: 5, toMailbox: 3 } as const;

const body = z.object({ email: z.string().max(600).default(""), expected: z.string().max(40).default("") });

/** POST /settings/email: asks both addresses. The answer is the same whether anybody has the new one or nobody. */
export const startChange = (mailer: Mailer): Route<{ Body: z.output<typeof body> }> => ({
  method: "POST",
  url: "/settings/email",
  schema: { body },
  async handler(request, reply) {
    const { userId, name } = viewerOf(request);
    const { server, body: typed } = request;
    const { services, transaction, runtime } = server;
    const shown = { email: typed.email, message: "", isChangedElsewhere: false };
    const again = (code: number, message: string) => emailPage(request, reply.code(code), { ...shown, message });
    const address = mailAddressOf(typed.email);
    if (address === null) return again(422, "Please give a mail address, as ada@example.org; letters before the @ without accents.");
    if (!(await mayAsk(request, address))) return again(429, "That was asked for often just now. Please try again in an hour.");
    const [oldToken, newToken] = [randomToken(), randomToken()];
    const started = await transaction((tx) =>
      services.emailChanges.start(tx, {
        ...{ userId, newEmail: address, oldTokenHash: hashToken(oldToken), newTokenHash: hashToken(newToken) },
        expiresAt: new Date(runtime.clock.now().getTime() + HOURS * 3_600_000),
        expected: typed.expected === "" ? null : (typed.expected as EmailChangeId), // as the page before gave it
      }),
    );
    if (started.kind === "same") return again(422, "That is the address that you sign in with already.");
    if (started.kind === "changed-meanwhile") return emailPage(request, reply.code(409), { ...shown, isChangedElsewhere: true });
    const { oldEmail, isOthers } = started;
    const to = address;
    await send(request, mailer, [
      ...(oldEmail === null ? [] : [askOld(server, { to: oldEmail, name, newEmail: to, token: oldToken })]),
      isOthers ? tellHolder(server, { to, name: "" }) : askNew(server, { to, name, token: newToken }),
    ]);
    return reply.redirect(withNotice("/settings/email", "address-asked"), 303);
  },
});

/** A member can't fill somebody's mailbox, nor can several together. */
async function mayAsk({ server, viewer }: FastifyRequest, email: string): Promise<boolean> {
  const { services, transaction, runtime } = server;
  const key = deriveSecret(runtime.config.DEPLOYMENT_SECRET, "email-changes");
  const member = viewer.kind === "member" ? viewer.userId : 0;
  const now = runtime.clock.now();
  return transaction(async (tx) => {
    const isWithin = (name: string, hits: number) => services.identity.withinLimit(tx, name, { hits, windowSeconds: WINDOW_SECONDS }, now);
    return (
      (await isWithin(`email-change of ${member}`, MOST.ofMember)) &&
      (await isWithin(`email-change to ${keyedHash(key, email)}`, MOST.toMailbox))
    );
  });
}

type SomeMail = Parameters<Mailer["send"]>[0];

async function send({ log }: { log: FastifyInstance["log"] }, mailer: Mailer, mails: readonly Promise<SomeMail>[]): Promise<void> {
  try {
    for (const mail of await Promise.all(mails)) await mailer.send(mail);
  } catch (cause) {
    log.error({ err: cause }, "a mail about a change of address was not sent");
    throw new CodedError("unavailable", "The mails could not be sent just now. Nothing is changed; please try again in a few minutes.");
  }
}
