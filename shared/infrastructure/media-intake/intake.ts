import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { IntakeRefusal, MediaIntake, StoredFile } from "../../contracts/media.ts";
import { MEDIA_TYPES } from "../../models/media.ts";
import type { MediaStore } from "../media/index.ts";
import type { CutAnswer, Cutter } from "./cutter.ts";
import { receive } from "./receive.ts";
import { refuse } from "./refusals.ts";
import type { TakenType } from "./sniff.ts";

/** Takes files into a store. workDir: where they lie until they are taken, on a disk that can be written to. */
export function makeMediaIntake({ store, cutter, workDir }: { store: MediaStore; cutter: Cutter; workDir: string }): MediaIntake {
  return {
    async take(bytes, name) {
      const dir = join(workDir, randomUUID());
      await mkdir(dir, { recursive: true });
      try {
        return await takeIn(bytes, { name: nameOf(name), dir, store, cutter });
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
    async copy(bytes, { contentType: said, side }) {
      const dir = join(workDir, randomUUID());
      await mkdir(dir, { recursive: true });
      try {
        const path = join(dir, "brought");
        const received = await receive(bytes, path);
        if (received.kind === "refused") return received;
        const { contentType } = received;
        if (MEDIA_TYPES[contentType].kind !== "picture" || contentType !== said) return refuse("unknown");
        const answer = await cutter.copy({ path, contentType, dir, copySide: side });
        if (answer.kind !== "copied") return refuse(answer.kind);
        const { width, height } = answer.copy;
        const { sha256 } = await keep(store, answer.copy);
        return { kind: "copied", sha256, width, height };
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
  };
}

interface Around {
  name: string;
  dir: string;
  store: MediaStore;
  cutter: Cutter;
}

async function takeIn(bytes: Readable, { name, dir, store, cutter }: Around): ReturnType<MediaIntake["take"]> {
  const path = join(dir, "brought");
  const received = await receive(bytes, path);
  if (received.kind === "refused") return received;
  const { contentType } = received;
  if (MEDIA_TYPES[contentType].kind !== "picture") {
    const stored = await keep(store, { path, contentType });
    return { kind: "taken", file: { ...stored, contentType, name, width: null, height: null, variants: [] } };
  }
  const answer = await cutter.cut({ path, contentType, dir });
  return answer.kind === "cut" ? { kind: "taken", file: await keepAll(store, answer, name) } : refuseCut(answer);
}

async function keepAll(store: MediaStore, { master, variants }: Extract<CutAnswer, { kind: "cut" }>, name: string): Promise<StoredFile> {
  const stored = [];
  for (const { path, ...variant } of variants)
    stored.push({ ...variant, ...(await keep(store, { path, contentType: variant.contentType })) });
  const { contentType, width, height } = master;
  return { ...(await keep(store, master)), contentType, name, width, height, variants: stored };
}

function keep(store: MediaStore, { path, contentType }: { path: string; contentType: TakenType }) {
  return store.put(createReadStream(path), MEDIA_TYPES[contentType].extension);
}

function refuseCut({ kind }: Exclude<CutAnswer, { kind: "cut" }>): IntakeRefusal {
  return refuse(kind);
}

/** The last part of whatever path a browser sent, short enough to show; no text of PostgreSQL holds the character 0. */
function nameOf(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  return last
    .replaceAll(/\p{Cc}/gu, "")
    .trim()
    .slice(0, 120);
}
