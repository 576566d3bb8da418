import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { mailFolderOf, type StoredMail } from "@rose-ash/shared/infrastructure/mail/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import type { FastifyInstance, FastifyRequest } from "fastify";
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
    const mail = await getMail(request);
    return reply.header("cache-control", "no-store").page("mailbox/show.html", { mail, paragraphs: paragraphsOf(mail.text) });
  },
};

/** GET /dev/mailbox/:id/html: as mail programs show it. Nothing in it runs, or asks anybody but us. */
export const showMailHtml: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/dev/mailbox/:id/html",
  schema: { params },
  async handler(request, reply) {
    const { html } = await getMail(request);
    const own = APPS.map((app) => request.server.publicUrl(app, "")).join(" "); // pictures of our own, as people's mail programs would fetch them
    return reply
      .header("cache-control", "no-store")
      .header("content-security-policy", `sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src ${own} data:`)
      .type("text/html; charset=utf-8")
      .send(html);
  },
};

const attachmentParams = params.extend({ number: z.coerce.number().int().min(0).max(20) });

/** GET /dev/mailbox/:id/attachments/:number: what came with it. */
export const showAttachment: Route<{ Params: z.output<typeof attachmentParams> }> = {
  method: "GET",
  url: "/dev/mailbox/:id/attachments/:number",
  schema: { params: attachmentParams },
  async handler(request, reply) {
    const found = (await getMail(request)).attachments?.[request.params.number];
    if (found === undefined) throw new CodedError("not-found", "Nothing of this number came with the mail.");
    return reply
      .header("cache-control", "no-store")
      .header("content-disposition", `inline; filename="${found.filename.replaceAll(/[^\w.-]/g, "_")}"`)
      .type(found.contentType)
      .send(Buffer.from(found.content, found.encoding ?? "utf8"));
  },
};

async function getMail({ server, params: { id } }: FastifyRequest<{ Params: z.output<typeof params> }>): Promise<StoredMail> {
  const mail = (await listMails(server)).find((one) => one.id === id);
  if (mail === undefined) throw new CodedError("not-found", "This mail is not in the mailbox.");
  return mail;
}

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

/** An address on a line of its own is a paragraph. */
function paragraphsOf(text: string): { text: string; isLink: boolean }[] {
  return text
    .trim()
    .split(/\n\n+|\n(?=https?:\/\/\S+(?:\n|$))/)
    .map(toParagraph);
}
