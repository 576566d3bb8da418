import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type MediaStore, placeOf, STORED_NAME, type StoredObject } from "./store.ts";
import { type Written, writeDown } from "./write-down.ts";

/** Files in a folder, as <first two digits>/<name>: the very paths at which they are served. */
export function folderStore(dir: string): MediaStore {
  const pathOf = (name: string) => join(dir, placeOf(name));
  const find = async (name: string) => {
    const found = STORED_NAME.test(name) ? await stat(pathOf(name)).catch(absent) : null;
    return found?.isFile() ? { byteLength: found.size } : null;
  };
  return {
    put: (bytes, extension) =>
      writeDown(bytes, dir, async (file) => {
        await moveTo(pathOf(`${file.sha256}.${extension}`), file);
        return { sha256: file.sha256, byteLength: file.byteLength };
      }),
    async open(name, part) {
      const found = await find(name);
      if (found === null) return null;
      const bytes = createReadStream(pathOf(name), part && { start: part.first, end: part.last });
      return { bytes, byteLength: part ? part.last - part.first + 1 : found.byteLength };
    },
    find,
    async remove(name) {
      if (STORED_NAME.test(name)) await rm(pathOf(name), { force: true });
    },
    list: () => listFiles(dir),
  };
}

async function moveTo(path: string, file: Written): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rename(file.path, path);
  const folder = await open(dirname(path));
  await folder.sync().finally(() => folder.close()); // the name, after the bytes
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
  throw error;
}

async function* listFiles(dir: string): AsyncGenerator<StoredObject> {
  const folders = ((await readdir(dir).catch(absent)) ?? []).filter((folder) => /^[0-9a-f]{2}$/.test(folder));
  for (const folder of folders) {
    for (const name of await readdir(join(dir, folder))) {
      if (!STORED_NAME.test(name)) continue;
      const { mtime, size } = await stat(join(dir, folder, name));
      yield { name, byteLength: size, storedAt: mtime };
    }
  }
}
