import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { access, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type MediaStore, STORED_NAME } from "./store.ts";

/** Files in a folder, as <first two digits>/<name>: the very paths at which they are served. */
export function folderStore(dir: string): MediaStore {
  const pathOf = (name: string) => join(dir, name.slice(0, 2), name);
  return {
    async put(bytes, extension) {
      const incoming = join(dir, ".incoming", randomUUID());
      await mkdir(dirname(incoming), { recursive: true });
      try {
        const { sha256, byteLength } = await writeDown(bytes, incoming);
        const path = pathOf(`${sha256}.${extension}`);
        await mkdir(dirname(path), { recursive: true });
        await rename(incoming, path);
        await sync(dirname(path)); // the name, after the bytes
        return { sha256, byteLength };
      } finally {
        await rm(incoming, { force: true });
      }
    },
    async open(name) {
      const path = pathOf(name);
      return STORED_NAME.test(name) && (await exists(path)) ? createReadStream(path) : null;
    },
    has: async (name) => STORED_NAME.test(name) && exists(pathOf(name)),
    async remove(name) {
      if (STORED_NAME.test(name)) await rm(pathOf(name), { force: true });
    },
    list: () => listFiles(dir),
  };
}

async function writeDown(bytes: Readable, path: string): Promise<{ sha256: string; byteLength: number }> {
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

async function sync(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function* listFiles(dir: string): AsyncGenerator<{ name: string; storedAt: Date }> {
  const folders = (await readdir(dir)).filter((folder) => /^[0-9a-f]{2}$/.test(folder));
  for (const folder of folders) {
    for (const name of await readdir(join(dir, folder))) {
      if (!STORED_NAME.test(name)) continue;
      const { mtime } = await stat(join(dir, folder, name));
      yield { name, storedAt: mtime };
    }
  }
}
