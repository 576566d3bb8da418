import type { MultipartFile } from "@fastify/multipart";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { MEDIA_LIMITS, type MediaItem } from "@rose-ash/shared/contracts/media.ts";
import type { MediaId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import { type AnyForm, anyForm, typed } from "./fields.ts";

/** Of what comes with an entry's form. */
export const FORM_LIMITS = { fileSize: MEDIA_LIMITS.pictureBytes, files: 1, fields: 60, fieldSize: 100_000 } as const;

/** What is wrong with a control of the form. */
export interface FormError {
  readonly field: string;
  readonly message: string;
}

/** A form as it came. brought: the picture that came with it, which is in the library by then. */
export interface SentEntry {
  readonly form: AnyForm;
  readonly brought: MediaId | null;
  readonly errors: readonly FormError[];
}

/** Reads it as it comes over the line; a form without a picture may come as any other. */
export async function readForm(request: FastifyRequest, by: UserId): Promise<SentEntry> {
  if (!request.isMultipart()) return { form: anyForm.catch({}).parse(request.body), brought: null, errors: [] };
  const form: AnyForm = {};
  const errors: FormError[] = [];
  let brought: MediaId | null = null;
  for await (const part of request.parts({ limits: FORM_LIMITS })) {
    if (part.type === "file") brought = (await take(request, part, { by, errors })) ?? brought;
    else if (typeof part.value === "string") form[part.fieldname] = part.value;
  }
  return { form, brought, errors };
}

async function take(
  request: FastifyRequest,
  part: MultipartFile,
  { by, errors }: { by: UserId; errors: FormError[] },
): Promise<MediaId | null> {
  if (part.filename === "") {
    part.file.resume(); // a field without a chosen file
    return null;
  }
  const { mediaIntake, services, transaction } = request.server;
  const taken = await mediaIntake.take(part.file, part.filename);
  part.file.resume(); // what is left of it: the next one comes over the same line
  const isPicture = taken.kind === "taken" && taken.file.width !== null;
  if (isPicture) return transaction((tx) => services.media.addFile(tx, taken.file, by));
  errors.push({ field: "picture", message: taken.kind === "refused" ? taken.message : "This is no picture." });
  return null;
}

/** Who sends a form, and the picture that the entry has. */
interface Sender {
  readonly by: UserId;
  readonly isKeeper: boolean;
  readonly current: MediaId | null;
}

/** The picture that a form asks for, with its words as somebody says them now. Null: none, or not theirs to show. */
export async function pictureOf(
  request: FastifyRequest,
  { form, brought, errors: refused }: SentEntry,
  sender: Sender,
): Promise<{ pictureId: MediaId | null; errors: readonly FormError[] }> {
  const item = await findPicture(request, brought ?? (Number(typed(form, "pictureId")) as MediaId), sender);
  if (item === null) return { pictureId: null, errors: refused };
  const pictureId = item.id as MediaId;
  const alt = typed(form, "pictureAlt").slice(0, MEDIA_LIMITS.altLength);
  if (alt === "" && item.alt === "")
    return { pictureId, errors: [...refused, { field: "pictureAlt", message: "Say what the picture shows, for those who can’t see it." }] };
  const { services, transaction } = request.server;
  if (alt !== "" && alt !== item.alt && (await services.media.mayDescribe(pictureId, sender.by))) {
    const { focalX = 50, focalY = 50 } = item.picture ?? {};
    await transaction((tx) => services.media.describe(tx, pictureId, { alt, focalX, focalY }, sender.by));
  }
  return { pictureId, errors: refused };
}

/** One that they brought, that the entry has already, or, of who looks after the calendar, any of the library. */
export async function findPicture(request: FastifyRequest, id: MediaId, { by, isKeeper, current }: Sender): Promise<MediaItem | null> {
  if (!Number.isSafeInteger(id) || id < 1) return null;
  const { media } = request.server.services;
  try {
    if (!isKeeper && id !== current && !(await media.mayDescribe(id, by))) return null;
    const item = await media.getItem(id);
    return item.picture === null ? null : item;
  } catch (error) {
    if (error instanceof CodedError && error.code === "not-found") return null;
    throw error;
  }
}
