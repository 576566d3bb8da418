import type { FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type CartOwner, cartOwnerOf } from "../../../contracts/cart.ts";
import type { ProductCard } from "../../../contracts/market.ts";
import { localPath } from "../../local-path.ts";
import { type NoticeCode, withNotice } from "../../notices/index.ts";

interface TypedValues {
  product: string;
  cycle: string;
  quantity: string;
  next: string;
}

/** Whose cart to put something into: a browser without a device gets one. */
export function ownerOf(request: FastifyRequest, reply: FastifyReply): CartOwner {
  return cartOwnerOf(request.viewer) ?? { kind: "device", deviceId: request.ensureDevice(reply) };
}

/** 303 to `path` on this host, or to the cart's page, with what has happened. */
export function returnTo(request: FastifyRequest, reply: FastifyReply, path: string | undefined, notice: NoticeCode): FastifyReply {
  return reply.redirect(withNotice(localPath(path, request.server.publicUrl("cart", "/")), notice), 303);
}

/** The fields as they were typed, whatever was sent. */
export function typedValues(body: unknown): TypedValues {
  const fields = new Map(Object.entries(typeof body === "object" && body !== null ? body : {}));
  const typed = (name: string) => {
    const value: unknown = fields.get(name);
    return typeof value === "string" ? value : "";
  };
  return { product: typed("product"), cycle: typed("cycle"), quantity: typed("quantity"), next: typed("next") };
}

/** The first message of each field that is wrong. */
export function firstMessages({ validationError }: FastifyRequest): Record<string, string> {
  if (!hasZodFastifySchemaValidationErrors(validationError)) return {};
  const issues: readonly { instancePath: string; message?: string }[] = validationError.validation;
  const messages = issues.map(({ instancePath, message }) => [instancePath.slice(1), message ?? ""] as const);
  return Object.fromEntries(messages.reverse());
}

/** The form again, 422, with what was typed and what is wrong with it. */
export async function askAgain(
  reply: FastifyReply,
  form: {
    action: string;
    typed: TypedValues;
    product: Pick<ProductCard, "name" | "slug" | "url">;
    min: 0 | 1;
    messages: Record<string, string>;
  },
): Promise<FastifyReply> {
  return reply.code(422).page("cart-lines/form.html", form);
}
