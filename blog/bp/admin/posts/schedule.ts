import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { readLocal } from "@rose-ash/shared/infrastructure/zoned-time.ts";
import type { PostId } from "@rose-ash/shared/models/ids.ts";
import { deskOnly, type PieceParams, pieceBody, pieceParams, pieceRoute, type Values, withText } from "../pieces/desk.ts";
import { saveThen } from "../pieces/save-then.ts";
import { postDesk } from "./desk.ts";

/** POST /admin/posts/:id/schedule: saves it and has it made public at a time to come, by the site's clock. */
export const schedulePost: Route<{ Params: PieceParams; Body: Values }> = {
  method: "POST",
  url: pieceRoute("post", "/schedule"),
  ...withText,
  schema: { params: pieceParams, body: pieceBody },
  onRequest: deskOnly("post"),
  async handler(request, reply) {
    const { services, runtime } = request.server;
    const at = readLocal(request.body["scheduledAt"] ?? "", runtime.site.timeZone);
    return saveThen(request, reply, postDesk, {
      refusal: refusalOf(at, runtime.clock.now()),
      keepsStatus: true,
      act: (tx, piece) => services.writing.schedule(tx, piece.id as PostId, at ?? new Date(0)),
      notice: "scheduled",
      noticeOtherwise: "not-there-now",
    });
  },
};

function refusalOf(at: Date | null, now: Date) {
  if (at === null) return { field: "scheduledAt", message: "Choose a day and a time." };
  return at > now ? null : { field: "scheduledAt", message: "That time is over. Choose one to come, or publish now." };
}
