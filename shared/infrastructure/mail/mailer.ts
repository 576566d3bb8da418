import { randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { type BaseConfig, developmentDoorsOpen } from "../config.ts";

/** messageId: "<…@…>", the same at every try of the same mail, so that a second copy is known as one. content: text, or bytes as base64. */
interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId?: string;
  attachments?: readonly { filename: string; contentType: string; content: string; encoding?: "base64" }[];
}

/** A mail as it lies in the development mailbox. */
export interface StoredMail extends Mail {
  id: string;
  from: string;
  sentAt: string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Sends mail. Call it after the commit, never inside a transaction; it rejects when the mail server does not take it. A route sends
 * what answers the person who is there, and that goes even while the site is paused: an admin has to sign in to release it. All other
 * mail is sent by handlers of activities and by scheduled work, which a pause holds up.
 */
export interface Mailer {
  send(mail: Mail): Promise<void>;
}

const PATIENCE_MS = 10_000;
type MailConfig = Pick<BaseConfig, "MAIL_URL" | "MAIL_FROM" | "DEPLOYMENT" | "SITE_DOMAIN" | "HOST">;

/** A mail server by smtp:// or smtps://; file:<folder> puts each mail into a folder, and is refused outside of development. */
export function openMailer(config: MailConfig, clock: Clock): Mailer {
  const folder = mailFolderOf(config);
  if (folder === null) return openServer(config);
  if (!developmentDoorsOpen(config)) throw new Error("bad configuration: MAIL_URL=file:… is for development; name a mail server");
  return { send: (mail) => storeMail(folder, { ...mail, id: randomUUID(), from: config.MAIL_FROM, sentAt: clock.now().toISOString() }) };
}

/** The folder of the development mailbox; null when mail goes to a server. */
export function mailFolderOf({ MAIL_URL }: Pick<BaseConfig, "MAIL_URL">): string | null {
  return MAIL_URL.startsWith("file:") ? MAIL_URL.slice("file:".length) : null;
}

function openServer({ MAIL_URL, MAIL_FROM }: MailConfig): Mailer {
  const patience = { connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS };
  const open = async () => {
    const { createTransport } = await import("nodemailer"); // megabytes that only a process which sends mail needs
    return createTransport({ url: MAIL_URL, ...patience, disableFileAccess: true, disableUrlAccess: true });
  };
  let transport: ReturnType<typeof open> | undefined;
  return {
    async send(mail) {
      transport ??= open();
      await (await transport).sendMail({ from: MAIL_FROM, ...mail, attachments: [...(mail.attachments ?? [])] });
    },
  };
}

/** Under its name only when it is whole: the mailbox may be looking. */
export async function storeMail(folder: string, mail: StoredMail): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${mail.sentAt.replaceAll(":", "-")}-${mail.id}.json`);
  await writeFile(`${path}.part`, JSON.stringify(mail, null, 2));
  await rename(`${path}.part`, path);
}
