import type { IncomingMessage } from "node:http";
import { pipeline, type Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type MediaStore, type Part, placeOf, STORED_NAME, type StoredObject } from "../store.ts";
import { writeDown } from "../write-down.ts";
import { type Ask, ask, type Patience } from "./ask.ts";
import { readListPage } from "./list-page.ts";
import type { Signer } from "./sign.ts";
import { onlyWhole } from "./whole.ts";

/** Where a bucket is and what opens it. url: of the bucket, and perhaps a folder in it, without a slash at the end. */
export interface Bucket {
  readonly url: string;
  readonly signer: Signer;
}

const PATIENCE: Patience = { answerMs: 10_000, bodyMs: 60_000 };

/**
 * Files in a bucket that speaks S3, as <url>/<first two digits>/<name>. workDir: where they lie on their way in, as their hash signs
 * the request. The bucket needs no reader but us: get, put, delete and list are all it is asked.
 */
export function bucketStore(bucket: Bucket, workDir: string, patience: Patience = PATIENCE): MediaStore {
  const urlOf = (name: string) => new URL(`${bucket.url}/${placeOf(name)}`);
  const of = (request: Ask, statuses: readonly number[]) => ask(request, statuses, bucket.signer, patience);
  const onName = async (method: Ask["method"], name: string, statuses: readonly number[]) =>
    STORED_NAME.test(name) ? of({ method, url: urlOf(name) }, statuses) : null;
  return {
    put: (bytes, extension) =>
      writeDown(bytes, workDir, async (body) => {
        drop(await of({ method: "PUT", url: urlOf(`${body.sha256}.${extension}`), body }, [200]));
        return { sha256: body.sha256, byteLength: body.byteLength };
      }),
    async open(name, part) {
      if (part) return STORED_NAME.test(name) ? openPart(await of(askForPart(urlOf(name), part), [206, 404]), part) : null;
      const answer = await onName("GET", name, [200, 404]);
      return answer?.statusCode === 200 ? openWhole(answer, name) : drop(answer);
    },
    async find(name) {
      const answer = await onName("HEAD", name, [200, 404]);
      drop(answer);
      return answer?.statusCode === 200 ? { byteLength: lengthOf(answer) } : null;
    },
    remove: async (name) => void drop(await onName("DELETE", name, [200, 204, 404])),
    list: () => listObjects(bucket.url, (url) => of({ method: "GET", url }, [200])),
  };
}

function openWhole(answer: IncomingMessage, name: string): { bytes: Readable; byteLength: number } {
  const byteLength = lengthOf(answer);
  const bytes = pipeline(answer, onlyWhole(name.slice(0, 64), byteLength), () => undefined); // its end says what went wrong
  return { bytes, byteLength };
}

function askForPart(url: URL, { first, last }: Part): Ask {
  return { method: "GET", url, headers: { range: `bytes=${first}-${last}` } };
}

function openPart(answer: IncomingMessage, { first, last }: Part): { bytes: Readable; byteLength: number } | null {
  if (answer.statusCode === 404) return drop(answer);
  const byteLength = last - first + 1;
  if (lengthOf(answer) === byteLength && answer.headers["content-range"]?.startsWith(`bytes ${first}-${last}/`)) {
    return { bytes: answer, byteLength };
  }
  drop(answer);
  throw new Error("the bucket gave another part than was asked for");
}

async function* listObjects(bucketUrl: string, get: (url: URL) => Promise<IncomingMessage>): AsyncGenerator<StoredObject> {
  const { origin, pathname } = new URL(bucketUrl);
  const [, bucket = "", ...folders] = pathname.split("/");
  const prefix = folders.map((folder) => `${decodeURIComponent(folder)}/`).join("");
  const query: Record<string, string> = { "list-type": "2", prefix };
  for (let next: string | null = ""; next !== null; ) {
    if (next !== "") query["continuation-token"] = next;
    const page = readListPage(await text(await get(new URL(`${origin}/${bucket}?${new URLSearchParams(query)}`))));
    for (const { key, ...object } of page.objects) {
      const name = key.split("/").at(-1) ?? "";
      if (STORED_NAME.test(name) && key === prefix + placeOf(name)) yield { name, ...object };
    }
    next = page.next;
  }
}

function lengthOf(answer: IncomingMessage): number {
  const length = Number(answer.headers["content-length"] ?? Number.NaN);
  if (Number.isSafeInteger(length)) return length;
  drop(answer);
  throw new Error("the bucket does not say how long a file is");
}

/** Reads an answer of no interest to its end, so that its connection serves the next. */
function drop(answer: IncomingMessage | null): null {
  answer?.on("error", () => undefined).resume();
  return null;
}
