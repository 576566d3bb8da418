import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mailFolderOf, type StoredMail } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

const MAX_SHOWN = 50;
const params = z.object({ id: z.uuid() });

/** GET /dev/mailbox: the mails that MAIL_URL=file:… kept, newest first. */
export const showMailbox: Route = {
  method: "GET",
  url: "/dev/mailbox",
  async handler(request, reply) {
    return reply.header("cache-control", "no-store").page("mailbox/list.html", { mails: await listMails(request.server) });
  },
};

/** GET /dev/mailbox/:id: its text, with the links in it to press. */
export const showMail: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/dev/mailbox/:id",
  schema: { params },
  async handler(request, reply) {
    const mail = (await listMails(request.server)).find(({ id }) => id === request.params.id);
    if (mail === undefined) throw new CodedError("not-found", "This mail is not in the mailbox.");
    return reply
      .header("cache-control", "no-store")
      .page("mailbox/show.html", { mail, paragraphs: mail.text.trim().split(/\n\n+/).map(toParagraph) });
  },
};

async function listMails({ runtime }: FastifyInstance): Promise<StoredMail[]> {
  const folder = mailFolderOf(runtime.config);
  const names = folder === null ? [] : await readdir(folder).catch(() => []); // there is no folder before the first mail
  const newest = names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .reverse()
    .slice(0, MAX_SHOWN);
  return Promise.all(newest.map(async (name) => JSON.parse(await readFile(join(folder ?? "", name), "utf8"))));
}

/** A paragraph that is an address becomes a link. */
function toParagraph(text: string): { text: string; isLink: boolean } {
  return { text, isLink: /^https?:\/\/\S+$/.test(text) };
}
