import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { type NotOpened, OPEN_INTERNET, type Outside, openOutside } from "./open-outside.ts";

/** maxBytes: of the answer's body, unpacked; signal: for all of it. isCut: what is longer is cut there instead of refused. post: what is sent. */
export interface OutsideQuestion {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly isCut?: boolean;
  readonly post?: Buffer;
}

/** Whatever answered, whatever its status: the body unpacked. wireBytes: what came over the line. wasCut: there was more. */
export type OutsideReply =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: IncomingHttpHeaders;
      readonly body: Buffer;
      readonly wireBytes: number;
      readonly wasCut: boolean;
    }
  | NotOpened
  | { readonly kind: "refused"; readonly reason: "too-large" | "damaged" };

/** What we unpack; a bomb is read as far as the limit, and no further. */
const UNPACK: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** One GET or POST to the open internet by the rules of openOutside, and its answer read within limits. Redirects are the caller's. */
export async function askOutside(question: OutsideQuestion, outside: Outside = OPEN_INTERNET): Promise<OutsideReply> {
  const { url, headers, signal } = question;
  const response = await openOutside(url, { "accept-encoding": "gzip, deflate, br", ...headers }, signal, outside, question.post ?? null);
  if ("kind" in response) return response;
  const unpacked = unpack(response);
  if (unpacked === null) {
    response.destroy();
    return { kind: "refused", reason: "damaged" };
  }
  return read(response, unpacked, question);
}

function unpack(response: IncomingMessage): Readable | null {
  const encoding = (response.headers["content-encoding"] ?? "identity").trim().toLowerCase();
  if (encoding === "identity" || encoding === "") return response;
  const make = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  return make ? pipeline(response, make(), () => undefined) : null; // what goes wrong is met where it is read
}

async function read(response: IncomingMessage, body: Readable, { maxBytes, signal, isCut }: OutsideQuestion): Promise<OutsideReply> {
  const chunks: Buffer[] = [];
  let length = 0;
  let wireBytes = 0;
  response.on("data", (chunk: Buffer) => {
    wireBytes += chunk.length;
  });
  const { statusCode: status = 0, headers } = response;
  const answer = (wasCut: boolean): OutsideReply => ({
    ...{ kind: "answered", status, headers, wireBytes, wasCut },
    body: Buffer.concat(chunks).subarray(0, maxBytes),
  });
  try {
    for await (const chunk of body) {
      length += chunk.length;
      chunks.push(chunk);
      if (length > maxBytes) {
        response.destroy();
        return isCut ? answer(true) : { kind: "refused", reason: "too-large" };
      }
    }
  } catch {
    response.destroy();
    if (signal.aborted) return { kind: "refused", reason: "slow" };
    return { kind: "refused", reason: body === response || !response.complete ? "unreachable" : "damaged" };
  }
  return answer(false);
}
