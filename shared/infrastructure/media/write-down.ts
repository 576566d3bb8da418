import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A file on its way into a store: its name there is known once its last byte is. */
export interface Written {
  readonly path: string;
  readonly sha256: string;
  readonly byteLength: number;
}

/** Writes bytes to a file in <dir>/.incoming, hands it on, and removes what is left of it there. */
export async function writeDown<T>(bytes: Readable, dir: string, handOn: (file: Written) => Promise<T>): Promise<T> {
  const incoming = join(dir, ".incoming");
  await mkdir(incoming, { recursive: true });
  const path = join(incoming, randomUUID());
  try {
    return await handOn({ path, ...(await write(bytes, path)) });
  } finally {
    await rm(path, { force: true });
  }
}

async function write(bytes: Readable, path: string): Promise<{ sha256: string; byteLength: number }> {
  const hash = createHash("sha256");
  let byteLength = 0;
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      byteLength += chunk.length;
      yield chunk;
    }
  };
  const file = await open(path, "wx");
  await pipeline(bytes, counted, file.createWriteStream({ flush: true })); // fsync before close
  return { sha256: hash.digest("hex"), byteLength };
}
