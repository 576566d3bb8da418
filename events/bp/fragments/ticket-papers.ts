import { defineFragment } from "@rose-ash/shared/infrastructure/fragments/index.ts";
import { z } from "zod";

const params = z.object({ code: z.string().regex(/^[0-9A-Z-]{4,40}$/) });

/** A ticket on paper and, where the deployment has a certificate for that, as a pass: the ways to both, for whoever may see it. */
export const makeTicketPapers = (hasWallet: () => boolean) =>
  defineFragment({
    type: "ticket-papers",
    params,
    async render({ services: { tickets }, subject, params: { code } }) {
      const ticket = subject.kind === "user" ? await tickets.findTicket(code, subject.userId) : null;
      const isShown = ticket !== null && ticket.status !== "cancelled";
      return { template: "fragments/ticket-papers.html", context: { code, isShown, hasWallet: hasWallet() } };
    },
  });
