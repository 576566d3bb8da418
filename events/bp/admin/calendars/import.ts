import type { ImportLine } from "@rose-ash/shared/contracts/calendar-files.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { adminOf, adminOnly } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { CalendarId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { readSeries, takeIn } from "../../../services/following/index.ts";
import { CALENDAR_PATH, type CalendarParams, calendarParams } from "./fields.ts";
import { sendCalendar } from "./show.ts";

/** Of a file. */
export const FILE_BYTES = 5_000_000;
const MOST_LINES = 200;

const token = z.object({ token: z.string().max(100) });

/** POST /admin/calendars/:id/import/preview: what a file would change; nothing is taken in, and the file is kept for who says "take it in". */
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
    const { services, transaction } = request.server;
    await services.calendarSetup.getCalendar(id); // not found, where there is none
    const lines = await services.calendarFiles.previewImport(id, null, file.series);
    const preview = { ...wordsOf(lines, file), isDone: false };
    if (preview.added + preview.changed === 0) return sendCalendar(request, reply, id, { preview });
    const key = randomToken();
    const upload = { calendarId: id, by: adminOf(request).userId, name: file.name, bytes: file.bytes, tokenHash: hashToken(key) };
    await transaction((tx) => services.calendarFiles.keepUpload(tx, upload));
    return sendCalendar(request, reply, id, { preview: { ...preview, token: key } });
  },
};

/** POST /admin/calendars/:id/import: takes a file in that comes with the form, or that was looked at before; the same again changes nothing. */
export const importFile: Route<{ Params: CalendarParams }> = {
  method: "POST",
  url: `${CALENDAR_PATH}/import`,
  schema: { params: calendarParams },
  bodyLimit: FILE_BYTES + 10_000,
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const { id } = request.params;
    const by = adminOf(request).userId;
    const file = request.isMultipart() ? await takeFile(request) : await findFile(request, id, by);
    if (file.kind === "refused") return sendCalendar(request, reply.code(422), id, { importProblem: file.message });
    const { services, transaction } = request.server;
    await services.calendarSetup.getCalendar(id);
    const target = { calendarId: id, feedId: null, by };
    const lines = await takeIn({ calendarFiles: services.calendarFiles, transaction }, target, file.series);
    const { tokenHash } = file;
    if (tokenHash !== null) await transaction((tx) => services.calendarFiles.dropUpload(tx, tokenHash));
    return sendCalendar(request, reply, id, { preview: { ...wordsOf(lines, file), isDone: true } });
  },
};

interface File extends ReturnType<typeof readSeries> {
  readonly kind: "taken";
  readonly name: string;
  readonly bytes: Buffer;
  /** Of one that was kept since somebody looked at it. */
  readonly tokenHash: string | null;
}
type Taken = File | { readonly kind: "refused"; readonly message: string };

async function takeFile(request: FastifyRequest): Promise<Taken> {
  if (!request.isMultipart()) throw new CodedError("unsupported-media-type", "Files come as multipart/form-data.");
  const part = await request.file({ throwFileSizeLimit: false });
  if (!part?.filename) return { kind: "refused", message: "Choose a file first." };
  const bytes = await part.toBuffer();
  if (bytes.length > FILE_BYTES)
    return { kind: "refused", message: `More than ${FILE_BYTES / 1_000_000} MB can’t be taken: divide the file.` };
  return fileOf(bytes, part.filename.replaceAll("\u0000", "").slice(0, 120), null);
}

/** The one that they looked at last. */
async function findFile(request: FastifyRequest, calendarId: CalendarId, by: UserId): Promise<Taken> {
  const sent = token.safeParse(request.body);
  const tokenHash = hashToken(sent.data?.token ?? "");
  const kept = await request.server.services.calendarFiles.findUpload({ calendarId, by, tokenHash });
  if (kept === null) return { kind: "refused", message: "That was too long ago, or it is taken in already. Choose the file again." };
  return fileOf(kept.bytes, kept.name, tokenHash);
}

function fileOf(bytes: Buffer, name: string, tokenHash: string | null): Taken {
  const read = readSeries(bytes);
  if (!read.isCalendar) return { kind: "refused", message: "This is no calendar file: those end in .ics and begin with BEGIN:VCALENDAR." };
  return { kind: "taken", name, bytes, tokenHash, ...read };
}

function wordsOf(lines: readonly ImportLine[], { name, troubles }: { name: string; troubles: readonly string[] }) {
  const count = (outcome: ImportLine["outcome"]) => lines.filter((line) => line.outcome === outcome).length;
  const told = lines.filter(({ outcome }) => outcome !== "same");
  return {
    ...{ name, troubles: troubles.slice(0, 20), lines: told.slice(0, MOST_LINES), more: Math.max(0, told.length - MOST_LINES) },
    ...{ added: count("new"), changed: count("changed"), same: count("same"), left: count("older") + count("foreign") + count("unusable") },
  };
}
