import { type IntakeRefusal, MEDIA_LIMITS } from "../../contracts/media.ts";

const megabytes = (bytes: number) => `${bytes / 1_000_000} MB`;

const REFUSALS = {
  empty: ["empty", "This file is empty. Was it still being written when you chose it?"],
  "too-large": [
    "too-large",
    `This file is too large: a picture may have ${megabytes(MEDIA_LIMITS.pictureBytes)}, everything else ${megabytes(MEDIA_LIMITS.fileBytes)}.`,
  ],
  "too-many-pixels": [
    "too-many-pixels",
    `This picture has more than ${MEDIA_LIMITS.pixels / 1_000_000} million pixels. Make it smaller and bring it again.`,
  ],
  damaged: [
    "damaged",
    "This picture can’t be read to its end. It may have been cut off on its way, or be something else than its beginning says.",
  ],
  drawing: ["drawing", "SVG drawings can carry programs, so none are taken. Export it as PNG or WebP and bring that."],
  heic: [
    "unknown-type",
    "Browsers can’t show HEIC pictures. Export it as JPEG; on an iPhone, choose “Most Compatible” in the camera’s formats.",
  ],
  unknown: [
    "unknown-type",
    "This is none of the kinds that are taken: JPEG, PNG, WebP, AVIF, GIF, PDF, MP3, OGG, M4A, MP4, WebM. The file’s content counts, not its name.",
  ],
  "too-slow": ["too-slow", "This picture took too long to work on. Make it smaller and bring it again."],
} as const satisfies Record<string, readonly [IntakeRefusal["reason"], string]>;

/** A refusal, in words for who brought the file. */
export function refuse(why: keyof typeof REFUSALS): IntakeRefusal {
  const [reason, message] = REFUSALS[why];
  return { kind: "refused", reason, message };
}
