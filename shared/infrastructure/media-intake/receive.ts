import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { type IntakeRefusal, MEDIA_LIMITS } from "../../contracts/media.ts";
import { MEDIA_TYPES } from "../../models/media.ts";
import { refuse } from "./refusals.ts";
import { SNIFFED_BYTES, sniff, type TakenType } from "./sniff.ts";

type Received = { kind: "received"; contentType: TakenType } | IntakeRefusal;

/** Writes bytes to a file as they come, and stops as soon as it is clear that they are not taken: unknown, or too many of their kind. */
export async function receive(bytes: Readable, path: string): Promise<Received> {
  const file = await open(path, "wx");
  let head = Buffer.alloc(0);
  let byteLength = 0;
  let verdict: Received | null = null;
  try {
    for await (const chunk of bytes) {
      byteLength += chunk.length;
      if (head.length < SNIFFED_BYTES) head = Buffer.concat([head, chunk.subarray(0, SNIFFED_BYTES)]);
      if (verdict === null && head.length >= SNIFFED_BYTES) verdict = judge(head);
      if (verdict?.kind === "refused") return verdict;
      if (byteLength > limitOf(verdict)) return refuse("too-large");
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  if (byteLength === 0) return refuse("empty");
  return verdict ?? judge(head);
}

function judge(head: Buffer): Received {
  const found = sniff(head);
  if (found.kind === "known") return { kind: "received", contentType: found.contentType };
  return refuse(found.kind);
}

function limitOf(verdict: Received | null): number {
  const isPicture = verdict?.kind === "received" && MEDIA_TYPES[verdict.contentType].kind === "picture";
  return isPicture ? MEDIA_LIMITS.pictureBytes : MEDIA_LIMITS.fileBytes;
}
