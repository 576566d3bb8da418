import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { nothingHere, type Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { z } from "zod";
import { sendPage } from "./back-order.ts";
import { ORDER_PATH, type OrderParams, orderParams, orderPath } from "./params.ts";

const typed = z
  .string()
  .catch("")
  .transform((text) => text.replaceAll(/\p{Cc}/gu, "").trim());
const body = z.object({ email: typed, contact: typed });
const address = z.email().max(200);

/** POST …/contact: where this supplier takes our orders; an empty address: not by mail. */
export const setContact: Route<{ Params: OrderParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${ORDER_PATH}/contact`,
  schema: { params: orderParams, body },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { email, contact } = request.body;
    if (email !== "" && !address.safeParse(email).success)
      return sendPage(request, reply.code(422), request.params, { messages: { email: "An address like orders@example.org." } });
    if (contact.length > 100) return sendPage(request, reply.code(422), request.params, { messages: { contact: "At most 100 letters." } });
    const supplier = { id: request.params.supplier, email: email === "" ? null : email, contact, by: adminOf(request).userId };
    if (!(await transaction((tx) => services.backOrders.setSupplierContact(tx, supplier)))) throw nothingHere();
    return reply.redirect(withNotice(orderPath(request.params), "saved"), 303);
  },
};
