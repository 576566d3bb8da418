/** The door of this folder. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TicketPage } from "@rose-ash/shared/contracts/tickets.ts";
import type { Runtime } from "@rose-ash/shared/infrastructure/runtime.ts";
import type { FastifyInstance } from "fastify";
import type { EventsConfig } from "../../config/schema.ts";
import { type PassPictures, passOf } from "./pass.ts";
import type { Signer } from "./sign.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** A ticket as a pass for Apple Wallet; null: no certificate for that is configured. */
    makePass: ((ticket: TicketPage) => Buffer) | null;
  }
}

const PICTURES = ["icon.png", "icon@2x.png", "icon@3x.png"];

export function addWalletPass(app: FastifyInstance, { config, site, publicUrl, clock }: Runtime<EventsConfig>): void {
  const signer = signerOf(config);
  if (signer === null) {
    app.decorate("makePass", null);
    return;
  }
  const pictures: PassPictures = new Map(PICTURES.map((name) => [name, readFileSync(join(import.meta.dirname, name))]));
  const of = { signer, pictures, locale: site.locale };
  app.decorate("makePass", (ticket) =>
    passOf(ticket, { ...of, site: site.name, url: publicUrl("events", `/tickets/${ticket.code}`), now: clock.now() }),
  );
}

function signerOf({ WALLET_CERTIFICATE, WALLET_KEY, WALLET_AUTHORITY }: EventsConfig): Signer | null {
  if (WALLET_CERTIFICATE === undefined || WALLET_KEY === undefined || WALLET_AUTHORITY === undefined) return null;
  return {
    certificate: new X509Certificate(WALLET_CERTIFICATE),
    key: createPrivateKey(WALLET_KEY),
    authority: new X509Certificate(WALLET_AUTHORITY),
  };
}
