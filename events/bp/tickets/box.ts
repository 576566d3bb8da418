import { cartOwnerOf } from "@rose-ash/shared/contracts/cart.ts";
import type { ProofView } from "@rose-ash/shared/contracts/relations.ts";
import type { FieldError, OfferedType, TicketBox } from "@rose-ash/shared/contracts/tickets.ts";
import type { FastifyRequest } from "fastify";
import type { AnyForm } from "../entry-form/fields.ts";
import { seatsWanted } from "./seats.ts";
import { whyNot } from "./why-not.ts";

/** What was filled into a box, as it was typed. trouble: why it was not taken. */
export interface TypedBox {
  readonly code: string;
  readonly form?: AnyForm;
  readonly errors?: readonly FieldError[];
  readonly trouble?: string;
}

/** A kind with why whoever asks can't have it. */
type ShownType = OfferedType & { readonly reasons: readonly ProofView[] };

/** A box as its template has it. here: where its forms go; seats: for how many places it asks. */
export type ShownBox = Omit<TicketBox, "types"> &
  Required<TypedBox> & { types: readonly ShownType[]; here: string; seats: number; isGuest: boolean; messages: Record<string, string> };

/** The ticket box of one time, for whoever asks. */
export async function boxOf(request: FastifyRequest, time: { slug: string; key: string | null }, typed: TypedBox): Promise<ShownBox> {
  const { code, form = {}, errors = [], trouble = "" } = typed;
  const box = await request.server.services.tickets.getBox(cartOwnerOf(request.viewer), time, code);
  const types = box.types.map(async (type) => ({
    ...type,
    reasons: type.trouble !== "" && box.isOpen ? await whyNot(request, type.id) : [],
  }));
  return {
    ...box,
    types: await Promise.all(types),
    ...{ code, form, errors, trouble },
    here: `/entries/${time.slug}${box.key === "" ? "" : `/${box.key}`}`,
    seats: seatsWanted(form),
    isGuest: request.viewer.kind !== "member",
    messages: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  };
}
