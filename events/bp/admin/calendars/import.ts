import type { ImportLine } from "@rose-ash/shared/contracts/calendar-files.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyRequest } from "fastify";
import { readSeries, takeIn } from "../../../services/following/index.ts";
import { CALENDAR_PATH, type CalendarParams, calendarParams } from "./fields.ts";
import { sendCalendar } from "./show.ts";

/** Of a file. */
export const FILE_BYTES = 5_000_000;
const MOST_LINES = 200;

/** POST /admin/calendars/:id/import/preview: what a file would change; nothing is written. */
export const previewFile: Route<{ Params: CalendarParams }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/import/preview`,
  schema: { params: calendarParams },
  bodyLimit: FILE_BYTES + 10_000,
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { id } = request.params;
    const file = await takeFile(request);
    if (file.kind === "refused") return sendCalendar(request, reply.code(422), id, { importProblem: file.message });
    const { services } = request.server;
    await services.calendarSetup.getCalendar(id); // not found, where there is none
    const lines = await services.calendarFiles.previewImport(id, null, file.series);
    return sendCalendar(request, reply, id, { preview: { ...wordsOf(lines, file), isDone: false } });
  },
};

/** POST /admin/calendars/:id/import: takes a file in; the same again changes nothing. */
export const importFile: Route<{ Params: CalendarParams }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/import`,
  schema: { params: calendarParams },
  bodyLimit: FILE_BYTES + 10_000,
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { id } = request.params;
    const file = await takeFile(request);
    if (file.kind === "refused") return sendCalendar(request, reply.code(422), id, { importProblem: file.message });
    const { services, transaction } = request.server;
    await services.calendarSetup.getCalendar(id);
    const target = { calendarId: id, feedId: null, by: adminOf(request).userId };
    const lines = await takeIn({ calendarFiles: services.calendarFiles, transaction }, target, file.series);
    return sendCalendar(request, reply, id, { preview: { ...wordsOf(lines, file), isDone: true } });
  },
};

type Taken = ({ kind: "taken"; name: string } & ReturnType<typeof readSeries>) | { kind: "refused"; message: string };

async function takeFile(request: FastifyRequest): Promise<Taken> {
  if (!request.isMultipart()) throw new CodedError("unsupported-media-type", "Files come as multipart/form-data.");
  const part = await request.file({ throwFileSizeLimit: false });
  if (!part?.filename) return { kind: "refused", message: "Choose a file first." };
  const bytes = await part.toBuffer();
  if (bytes.length > FILE_BYTES)
    return { kind: "refused", message: `More than ${FILE_BYTES / 1_000_000} MB can’t be taken: divide the file.` };
  const read = readSeries(bytes);
  if (!read.isCalendar) return { kind: "refused", message: "This is no calendar file: those end in .ics and begin with BEGIN:VCALENDAR." };
  return { kind: "taken", name: part.filename.replaceAll("\u0000", "").slice(0, 120), ...read };
}

function wordsOf(lines: readonly ImportLine[], { name, troubles }: { name: string; troubles: readonly string[] }) {
  const count = (outcome: ImportLine["outcome"]) => lines.filter((line) => line.outcome === outcome).length;
  const told = lines.filter(({ outcome }) => outcome !== "same");
  return {
    ...{ name, troubles: troubles.slice(0, 20), lines: told.slice(0, MOST_LINES), more: Math.max(0, told.length - MOST_LINES) },
    ...{ added: count("new"), changed: count("changed"), same: count("same"), left: count("older") + count("foreign") + count("unusable") },
  };
}
