import { randomUUID } from "node:crypto";
import type { MailOutcome } from "../../contracts/letters.ts";
import { type BaseConfig, developmentDoorsOpen } from "../config.ts";
import { storeMail } from "./mailer.ts";

interface Address {
  name: string;
  address: string;
}

/** One mail to one of many. envelopeFrom: where it comes back to. messageId: the same at every try. */
export interface BulkMail {
  from: Address;
  to: Address;
  subject: string;
  html: string;
  text: string;
  messageId: string;
  envelopeFrom: string;
  headers: Readonly<Record<string, string>>;
}

/** Sends many mails over some connections that stay open; says of each what became of it, and never rejects. */
export interface BulkMailer {
  send(mail: BulkMail): Promise<MailOutcome>;
  close(): void;
}

/** What signs mails, so that whoever gets them can tell that they are ours: RFC 6376. keyFile: PEM. */
export interface Signing {
  domain: string;
  selector: string;
  privateKey: string;
}

/** url: smtp://, smtps://, or in development file:<folder>. connections: how many at once. */
export interface BulkSettings {
  url: string;
  connections: number;
  signing: Signing | null;
  patienceMs?: number;
}

type Doors = Pick<BaseConfig, "DEPLOYMENT" | "SITE_DOMAIN" | "HOST">;

/** After so long a mail server is taken for gone. */
const PATIENCE_MS = 20_000;
/** RFC 8058 §4: the two that make one click are signed as well. */
const SIGNED =
  "from:sender:reply-to:subject:date:message-id:to:mime-version:content-type:content-transfer-encoding:list-id:list-unsubscribe:list-unsubscribe-post";

export async function openBulkMailer(settings: BulkSettings, doors: Doors): Promise<BulkMailer> {
  const { url, connections, signing, patienceMs = PATIENCE_MS } = settings;
  if (url.startsWith("file:")) {
    if (!developmentDoorsOpen(doors)) throw new Error("bad configuration: a folder for mail is for development; name a mail server");
    return keepInFolder(url.slice("file:".length));
  }
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    ...{ url, pool: true, maxConnections: connections, maxMessages: Number.POSITIVE_INFINITY },
    maxRequeues: 0, // it is for whoever knows what was sent to send again
    ...{ connectionTimeout: patienceMs, greetingTimeout: patienceMs, socketTimeout: patienceMs, dnsTimeout: patienceMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
    ...(signing
      ? { dkim: { domainName: signing.domain, keySelector: signing.selector, privateKey: signing.privateKey, headerFieldNames: SIGNED } }
      : {}),
  });
  return {
    async send({ envelopeFrom, headers, ...mail }) {
      try {
        const prepared = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { prepared: true, value }]));
        await transport.sendMail({ ...mail, headers: prepared, envelope: { from: envelopeFrom, to: mail.to.address } });
        return { kind: "sent" };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    close: () => transport.close(),
  };
}

function keepInFolder(folder: string): BulkMailer {
  return {
    async send({ from, to, envelopeFrom, headers, ...mail }) {
      const words = ({ name, address }: Address) => (name === "" ? address : `${name} <${address}>`);
      const stored = { ...mail, headers: { "Return-Path": `<${envelopeFrom}>`, ...headers } };
      await storeMail(folder, { ...stored, id: randomUUID(), from: words(from), to: to.address, sentAt: new Date().toISOString() });
      return { kind: "sent" };
    },
    close: () => undefined,
  };
}

interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
  message: string;
}

/** Mailboxes that do not exist, RFC 3463 §3.2 and §3.3; a code alone can mean that as well as a policy. */
const NO_MAILBOX = /^5\.(1\.[0-36]|1\.10|2\.1)$/;
const MAYBE_NO_MAILBOX = new Set([550, 551, 553]);

/** By what the server said to which command: RFC 5321 §4.2. Before the reader was named, it is about us. */
function outcomeOf(error: unknown): MailOutcome {
  const { code = "", command = "", responseCode, response = "", message } = error as SmtpError; // of nodemailer
  if (responseCode === undefined) {
    const isAboutMail = code === "EENVELOPE" || code === "EMESSAGE"; // an address that this server has no way for, as one beyond ASCII
    return isAboutMail ? { kind: "refused", isAddress: false, reply: "" } : { kind: "away", words: wordsOf(code, message) };
  }
  const isAboutReader = command === "RCPT TO" || command === "DATA";
  if (responseCode === 421 || !isAboutReader) return { kind: "away", words: wordsOf(String(responseCode), response) };
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? "";
  const reply = `${responseCode} ${enhanced}`.trim();
  if (responseCode < 500) return { kind: "later", reply };
  const isAddress = command === "RCPT TO" && (enhanced === "" ? MAYBE_NO_MAILBOX.has(responseCode) : NO_MAILBOX.test(enhanced));
  return { kind: "refused", isAddress, reply };
}

/** For the page of whoever sends: one line, and no address in it. */
function wordsOf(code: string, message: string): string {
  return `The mail server does not take mail now (${code || "error"}: ${message
    .replaceAll(/\S+@\S+/g, "…")
    .replaceAll(/\s+/g, " ")
    .slice(0, 140)}).`;
}
