import type { MultipartFile } from "@fastify/multipart";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import { STATUS_LIMITS } from "@rose-ash/shared/contracts/statuses.ts";
import type { MediaId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyRequest } from "fastify";
import type { KeptPicture } from "./compose-form.ts";

/** A form as it came: its fields, the pictures that were taken, and what is wrong with those that were not. */
export interface SentForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly kept: readonly KeptPicture[];
  readonly messages: Record<string, string>;
}

const MOST_FIELDS = 60;

/** Reads it as it comes over the line. Its pictures are in the library before the post is: a form that is given back keeps them. */
export async function readForm(request: FastifyRequest, by: UserId): Promise<SentForm> {
  const messages: Record<string, string> = {};
  if (!request.isMultipart()) {
    const fields = Object.entries(request.body ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { fields: Object.fromEntries(fields), kept: [], messages };
  }
  const fields: Record<string, string> = {};
  const keptIds: number[] = [];
  const brought: { field: string; mediaId: MediaId }[] = [];
  for await (const part of request.parts({ limits: { files: STATUS_LIMITS.pictures, fields: MOST_FIELDS, fieldSize: 30_000 } })) {
    if (part.type === "file") {
      const mediaId = await take(request, part, by, messages);
      if (mediaId !== null) brought.push({ field: part.fieldname, mediaId });
    } else if (part.fieldname === "kept") keptIds.push(Number(part.value));
    else if (typeof part.value === "string") fields[part.fieldname] = part.value;
  }
  const earlier = await Promise.all(keptIds.map((id, index) => keep(request, by, { id, alt: fields[`keptAlt${index + 1}`] ?? "" })));
  const later = await Promise.all(
    brought.map(({ field, mediaId }) => keep(request, by, { id: mediaId, alt: fields[field.replace("picture", "alt")] ?? "" })),
  );
  const kept = [...earlier, ...later].flatMap((one) => one ?? []).slice(0, STATUS_LIMITS.pictures);
  return { fields, kept, messages };
}

async function take(request: FastifyRequest, part: MultipartFile, by: UserId, messages: Record<string, string>): Promise<MediaId | null> {
  const { mediaIntake, services, transaction } = request.server;
  if (part.filename === "") {
    part.file.resume(); // a field without a chosen file
    return null;
  }
  const taken = await mediaIntake.take(part.file, part.filename);
  part.file.resume(); // what is left of it: the next one comes over the same line
  const refusal =
    taken.kind === "refused" ? taken.message : taken.file.contentType.startsWith("image/") ? null : "Only pictures can go with a post.";
  if (refusal !== null || taken.kind === "refused") {
    messages[part.fieldname] = refusal ?? "";
    return null;
  }
  return transaction((tx) => services.media.addOwnFile(tx, taken.file, by));
}

/** A picture that the member brought, or of the library for who edits it: nobody shows another's by guessing its number. */
async function keep(request: FastifyRequest, by: UserId, { id, alt }: { id: number; alt: string }): Promise<KeptPicture | null> {
  const { media } = request.server.services;
  const mediaId = id as MediaId;
  if (!Number.isSafeInteger(id) || id < 1) return null;
  try {
    if (!(await media.mayDescribe(mediaId, by))) return null;
    const { picture } = await media.getItem(mediaId, by);
    return picture === null
      ? null
      : { mediaId, alt: alt.trim().slice(0, STATUS_LIMITS.alt), picture: { ...picture, alt: alt || picture.alt } };
  } catch (error) {
    if (error instanceof CodedError && error.code === "not-found") return null;
    throw error;
  }
}
