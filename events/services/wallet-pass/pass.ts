import { createHash } from "node:crypto";
import type { TicketPage } from "@rose-ash/shared/contracts/tickets.ts";
import { whenOf } from "../ticket-paper/sheet.ts";
import { type Signer, signDetached } from "./sign.ts";
import { zipOf } from "./zip.ts";

/** Pictures that every pass needs, by their names in it. */
export type PassPictures = ReadonlyMap<string, Uint8Array>;

interface Pass {
  readonly signer: Signer;
  readonly pictures: PassPictures;
  readonly site: string;
  readonly locale: string;
  /** The address of the ticket's own page, which the door reads. */
  readonly url: string;
  readonly now: Date;
}

/** A ticket as a pass for Apple Wallet (Wallet Passes: a zip with pass.json, pictures, a manifest of SHA-1 sums, and its signature). */
export function passOf(ticket: TicketPage, { signer, pictures, site, locale, url, now }: Pass): Buffer {
  const json = Buffer.from(JSON.stringify(passJson(ticket, { signer, site, locale, url })));
  const files = new Map<string, Uint8Array>([["pass.json", json], ...pictures]);
  const sums = [...files].map(([name, bytes]) => [name, createHash("sha1").update(bytes).digest("hex")]);
  const manifest = Buffer.from(JSON.stringify(Object.fromEntries(sums)));
  files.set("manifest.json", manifest);
  files.set("signature", signDetached(manifest, signer, now));
  return zipOf(files);
}

function passJson(ticket: TicketPage, { signer, site, locale, url }: Pick<Pass, "signer" | "site" | "locale" | "url">) {
  const { code, title, typeName, place, holderName, startsAt, endsAt, answers, isPass } = ticket;
  const subject = namesIn(signer.certificate.subject);
  const field = (key: string, label: string, value: string) => (value === "" ? [] : [{ key, label, value }]);
  return {
    formatVersion: 1,
    passTypeIdentifier: subject.get("UID"),
    teamIdentifier: subject.get("OU"),
    serialNumber: createHash("sha256").update(code).digest("hex").slice(0, 32),
    organizationName: site,
    description: `Ticket: ${title}`,
    ...(isPass ? {} : { relevantDate: startsAt.toISOString(), expirationDate: endsAt.toISOString() }),
    foregroundColor: "rgb(43, 38, 35)",
    labelColor: "rgb(107, 98, 91)",
    backgroundColor: "rgb(250, 245, 236)",
    barcodes: [{ format: "PKBarcodeFormatQR", message: url, messageEncoding: "iso-8859-1", altText: code }],
    eventTicket: {
      headerFields: field("type", "Ticket", typeName),
      primaryFields: field("title", "", title),
      secondaryFields: field("when", "When", whenOf(ticket, locale)),
      auxiliaryFields: [...field("where", "Where", place), ...field("who", "Who", holderName)],
      backFields: [...answers.flatMap(({ label, answer }, at) => field(`answer-${at}`, label, answer)), ...field("page", "Its page", url)],
    },
  };
}

/** The parts of a subject, as Node writes it: one a line, "UID=pass.org.example". */
function namesIn(subject: string): ReadonlyMap<string, string> {
  return new Map(
    subject.split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}
