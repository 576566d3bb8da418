import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { CalendarEntryId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { sendDesk } from "./show.ts";

const params = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const body = z.object({
  revision: z.coerce.number().int(),
  verdict: z.enum(["confirmed", "declined"]),
  note: z.string().max(1_000).catch("").default(""),
});

/** POST /desk/:id/decision: a keeper confirms or declines what was proposed. */
export const decideEntry: Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/desk/:id(^[1-9]\\d{0,14}$)/decision",
  schema: { params, body },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const by = memberOf(request);
    const { revision, verdict, note } = request.body;
    const id = request.params.id as CalendarEntryId;
    const decided = await transaction((tx) =>
      services.calendarDesk.decide(tx, { id, revision, verdict, note: note.replaceAll("\u0000", "").trim(), by }),
    );
    if (decided.kind === "room-taken")
      return sendDesk(request, reply.code(409), { problem: "The room is not free then. Nothing was decided.", clashes: decided.clashes });
    if (decided.kind === "conflict")
      return sendDesk(request, reply.code(409), { problem: "It was changed since you looked at it. Here it is as it stands now." });
    return reply.redirect(withNotice("/desk", decided.kind === "decided" ? `entry-${verdict}` : "entry-settled"), 303);
  },
};
