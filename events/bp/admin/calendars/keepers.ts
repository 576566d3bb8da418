import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { CALENDAR_PATH, type CalendarParams, calendarParams, number, typed } from "./fields.ts";

const added = z.object({ handle: typed });
const removed = z.object({ userId: number.transform((id) => id as UserId) });

/** POST /admin/calendars/:id/keepers: somebody looks after it from now on. */
export const addKeeper: Route<{ Params: CalendarParams; Body: z.output<typeof added> }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/keepers`,
  schema: { params: calendarParams, body: added },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const by = adminOf(request).userId;
    const { kind } = await transaction((tx) => services.calendarSetup.addKeeper(tx, { id, handle: request.body.handle, by }));
    return reply.redirect(withNotice(`/admin/calendars/${id}`, kind === "changed" ? "saved" : "setup-refused"), 303);
  },
};

/** POST /admin/calendars/:id/keepers/removal: somebody does not any more. */
export const removeKeeper: Route<{ Params: CalendarParams; Body: z.output<typeof removed> }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/keepers/removal`,
  schema: { params: calendarParams, body: removed },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const { id } = request.params;
    const by = adminOf(request).userId;
    await transaction((tx) => services.calendarSetup.removeKeeper(tx, { id, userId: request.body.userId, by }));
    return reply.redirect(withNotice(`/admin/calendars/${id}`, "saved"), 303);
  },
};
