import { createReadStream } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { pipeline } from "node:stream/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { Written } from "../write-down.ts";
import { NO_BODY, type Signer, signed } from "./sign.ts";

/** A request to a bucket. Each may be sent twice: S3's methods on one key are idempotent. */
export interface Ask {
  readonly method: "GET" | "HEAD" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Written;
}

/** How long nothing may come while an answer is waited for, and while its body is read (a browser may pause a film meanwhile). */
export interface Patience {
  readonly answerMs: number;
  readonly bodyMs: number;
}

/** Waits before the second and the third try. */
const PAUSES_MS = [100, 500];
const AGENTS = { "http:": new http.Agent({ keepAlive: true }), "https:": new https.Agent({ keepAlive: true }) };

/**
 * Sends a request until it is answered: faults of the network and of the store (5xx, 429) are tried again, twice. Gives the answer
 * if its status is one of those, its body to be read; else throws. Nothing of the key is in what it throws.
 * By node:http, as fragments are: the built-in fetch takes 15 MB more of each process.
 */
export async function ask(request: Ask, statuses: readonly number[], signer: Signer, patience: Patience): Promise<IncomingMessage> {
  for (let tries = 0; ; tries++) {
    const answer = await send(request, signer, patience).catch((error: Error) => error);
    if (!(answer instanceof Error) && statuses.includes(answer.statusCode ?? 0)) return answer;
    const pause = PAUSES_MS[tries];
    if (pause === undefined || !isWorthAnotherTry(answer)) throw await refusal(request, answer);
    if (!(answer instanceof Error)) answer.destroy();
    await delay(pause);
  }
}

async function send({ method, url, headers = {}, body }: Ask, signer: Signer, { answerMs, bodyMs }: Patience): Promise<IncomingMessage> {
  const length = body ? { "content-length": String(body.byteLength) } : {};
  const payloadSha256 = body?.sha256 ?? NO_BODY;
  const isHttps = url.protocol === "https:";
  const request = (isHttps ? https : http).request(url, {
    method,
    agent: isHttps ? AGENTS["https:"] : AGENTS["http:"],
    headers: { ...signed({ method, url, headers: { ...headers, ...length }, payloadSha256 }, signer, new Date()) },
  });
  request.setTimeout(answerMs, () => request.destroy(new Error(`nothing came for ${answerMs} ms`)));
  const answered = new Promise<IncomingMessage>((resolve, reject) => request.once("response", resolve).on("error", reject));
  if (body) pipeline(createReadStream(body.path), request).catch((error: Error) => request.destroy(error));
  else request.end();
  const answer = await answered;
  answer.setTimeout(bodyMs, () => answer.destroy(new Error(`nothing came for ${bodyMs} ms`)));
  return answer;
}

function isWorthAnotherTry(answer: IncomingMessage | Error): boolean {
  const status = answer instanceof Error ? 599 : (answer.statusCode ?? 0);
  return status >= 500 || status === 429;
}

/** In the words of the store, as it names what is wrong with a key or a clock: <Code>SignatureDoesNotMatch</Code>. */
async function refusal({ method, url }: Ask, answer: IncomingMessage | Error): Promise<Error> {
  const what = `${method} ${url.origin}${url.pathname}`;
  if (answer instanceof Error) return new Error(`${what}: no answer`, { cause: answer });
  const code = /<Code>(\w+)<\/Code>/.exec(await beginningOf(answer))?.[1];
  return new Error(`${what}: ${answer.statusCode}${code === undefined ? "" : ` ${code}`}`);
}

async function beginningOf(answer: IncomingMessage): Promise<string> {
  let words = "";
  try {
    for await (const chunk of answer) {
      words += String(chunk);
      if (words.length > 4_000) break;
    }
  } catch {
    // what came says enough
  }
  return words;
}
