import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { z } from "zod";
import { knownEtag, sendFile } from "./send-file.ts";

const params = z.object({ slug: z.string() });
const ownParams = z.object({ token: z.string() });
type BySlug = { Params: z.output<typeof params> };

/** GET /calendars/:slug/calendar.ics: for programs that follow it. */
export const showCalendarFile: Route<BySlug> = {
  method: "GET",
  url: "/calendars/:slug/calendar.ics",
  schema: { params },
  async handler(request, reply) {
    const { slug } = request.params;
    const file = await request.server.services.calendarFiles.getCalendarFile(slug, knownEtag(request));
    return sendFile(request, reply, file, { name: slug, isPrivate: false });
  },
};

/** GET /entries/:slug/calendar.ics: one entry, with all its times. */
export const showEntryFile: Route<BySlug> = {
  method: "GET",
  url: "/entries/:slug/calendar.ics",
  schema: { params },
  async handler(request, reply) {
    const { slug } = request.params;
    return sendFile(request, reply, await request.server.services.calendarFiles.getEntryFile(slug), { name: slug, isPrivate: false });
  },
};

/** GET /my-calendar/:token/calendar.ics: what is a member's own, for whoever has the address. */
export const showOwnFile: Route<{ Params: z.output<typeof ownParams> }> = {
  method: "GET",
  url: "/my-calendar/:token(^[A-Za-z0-9_-]{43}$)/calendar.ics",
  schema: { params: ownParams },
  async handler(request, reply) {
    const file = await request.server.services.calendarFiles.findOwnFile(hashToken(request.params.token), knownEtag(request));
    if (file === null) throw new CodedError("not-found", "There is no calendar at this address.");
    return sendFile(request, reply, file, { name: "my-calendar", isPrivate: true });
  },
};
