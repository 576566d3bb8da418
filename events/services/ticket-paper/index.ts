/** The door of this folder. */
import { join } from "node:path";
import type { TicketPage } from "@rose-ash/shared/contracts/tickets.ts";
import { makePrinter } from "@rose-ash/shared/infrastructure/print/index.ts";
import type { FastifyInstance } from "fastify";
import { type TicketSheet, ticketSheet } from "./sheet.ts";

declare module "fastify" {
  interface FastifyInstance {
    /** A ticket as PDF. Throws unavailable. */
    printTicket(ticket: TicketPage): Promise<Buffer>;
  }
}

export function addTicketPaper(app: FastifyInstance): void {
  const { runtime, publicUrl } = app;
  const printer = makePrinter<TicketSheet>({
    worker: join(import.meta.dirname, "print-worker.ts"),
    unavailable: "The ticket can’t be printed at this moment. Its page has all of it, and prints as well.",
  });
  app.decorate("printTicket", (ticket) => {
    const { name: site, locale } = runtime.site;
    return printer.print(ticketSheet(ticket, { site, locale, url: publicUrl("events", `/tickets/${ticket.code}`) }));
  });
  app.addHook("onClose", async () => printer.close());
}
