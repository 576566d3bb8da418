import { z } from "zod";
import { type CartOwner, cartOwnerOf } from "../../../contracts/cart.ts";
import { CodedError } from "../../../contracts/errors.ts";
import type { TicketTypeId } from "../../../models/ids.ts";
import type { Route } from "../../http/index.ts";
import { localPath } from "../../local-path.ts";
import { type NoticeCode, withNotice } from "../../notices/index.ts";

/** key: of which time; none: the entry takes place once. next: the path of the page that the box stands on. */
const body = z.object({
  entry: z.string().regex(/^[a-z0-9-]{1,200}$/),
  key: z.string().regex(/^([0-9TZ]{8,16})?$/),
  type: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  quantity: z.coerce.number().int().min(1).max(99).catch(1),
  next: z.string().optional().catch(undefined),
});

/** POST /cart/tickets: tickets that cost something and ask nothing, into the cart of whoever asks. What needs more words goes on at the entry. */
export const addTickets: Route<{ Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/cart/tickets",
  schema: { body },
  handler: (request, reply) =>
    request.server.inTurn(async () => {
      const { services, transaction, publicUrl } = request.server;
      const { entry: slug, key, type, quantity, next } = request.body;
      const owner: CartOwner = cartOwnerOf(request.viewer) ?? { kind: "device", deviceId: request.ensureDevice(reply) };
      const choice = { slug, key, typeId: type as TicketTypeId, quantity, amountMinor: null, code: "", answers: {}, seats: [] };
      const result = await transaction(async (tx) => {
        if (owner.kind === "device") await services.identity.keepDevice(tx, owner.deviceId);
        return services.tickets.putIntoCart(tx, owner, choice);
      });
      const back = (notice: NoticeCode) =>
        reply.redirect(withNotice(localPath(next, publicUrl("events", `/entries/${slug}${key && `/${key}`}`)), notice), 303);
      if (result.kind === "in-cart") return back(result.isLess ? "capped" : "tickets-held");
      if (result.kind === "gone") throw new CodedError("not-found", "There are no such tickets.", { slug, key });
      if (result.kind === "refused") return back("tickets-gone");
      return reply.redirect(`${publicUrl("events", `/entries/${slug}${key && `/${key}`}`)}#tickets`, 303);
    }),
};
