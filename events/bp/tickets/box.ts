import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { FieldError, TicketBox } from "@rose-ash/shared/contracts/tickets.ts";
import type { FastifyRequest } from "fastify";

/** What was filled into a box, as it was typed. trouble: why it was not taken. */
export interface TypedBox {
  readonly code: string;
  readonly form?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly FieldError[];
  readonly trouble?: string;
}

/** A box as its template has it. here: where its forms go. */
export type ShownBox = TicketBox & Required<TypedBox> & { here: string; isGuest: boolean; messages: Record<string, string> };

/** The ticket box of one time, for whoever asks. */
export async function boxOf(request: FastifyRequest, time: { slug: string; key: string | null }, typed: TypedBox): Promise<ShownBox> {
  const { code, form = {}, errors = [], trouble = "" } = typed;
  const box = await request.server.services.tickets.getBox(cartOwnerOf(request.viewer), time, code);
  return {
    ...box,
    ...{ code, form, errors, trouble },
    here: `/entries/${time.slug}${box.key === "" ? "" : `/${box.key}`}`,
    isGuest: request.viewer.kind !== "member",
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  };
}
