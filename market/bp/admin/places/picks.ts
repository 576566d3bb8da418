import { adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { ProductId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { direction, PLACE_PATH, type PlaceParams, placeParams } from "./fields.ts";
import { answerChange } from "./selection.ts";

const productId = z.coerce
  .number()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .transform((id) => id as ProductId);
const body = z.object({ product: productId });

/** POST /admin/places/:id/picks: puts one product in, last of those picked by hand. */
export const addPick: Route<{ Params: PlaceParams; Body: z.output<typeof body> }> = {
  method: "POST",
  url: `${PLACE_PATH}/picks`,
  schema: { params: placeParams, body },
  onRequest: adminOnly("edit"),
  handler: (request, reply) =>
    answerChange(request, reply, { id: request.params.id, change: { kind: "pick", productId: request.body.product }, at: "picks" }),
};

const pickParams = placeParams.extend({ product: productId });
type PickParams = z.output<typeof pickParams>;
const PICK_PATH = `${PLACE_PATH}/picks/:product(^[1-9]\\d{0,14}$)`;

/** POST /admin/places/:id/picks/:product/removal. */
export const removePick: Route<{ Params: PickParams }> = {
  method: "POST",
  url: `${PICK_PATH}/removal`,
  schema: { params: pickParams },
  onRequest: adminOnly("edit"),
  handler: (request, reply) =>
    answerChange(request, reply, { id: request.params.id, change: { kind: "no-pick", productId: request.params.product }, at: "picks" }),
};

const moveBody = z.object({ direction });

/** POST /admin/places/:id/picks/:product/place: one place up or down. */
export const movePick: Route<{ Params: PickParams; Body: z.output<typeof moveBody> }> = {
  method: "POST",
  url: `${PICK_PATH}/place`,
  schema: { params: pickParams, body: moveBody },
  onRequest: adminOnly("edit"),
  handler(request, reply) {
    const { id, product } = request.params;
    const change = { kind: "move-pick", productId: product, direction: request.body.direction } as const;
    return answerChange(request, reply, { id, change, at: `pick-${product}` });
  },
};
