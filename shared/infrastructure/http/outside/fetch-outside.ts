import type { IncomingMessage } from "node:http";
import { OPEN_INTERNET, type Outside, openOutside } from "./open-outside.ts";

export interface OutsideRequest {
  readonly url: string;
  /** Content types that are taken, without parameters: ["text/html"]. */
  readonly accept: readonly string[];
  readonly maxBytes: number;
  /** For all of it: names, redirects, body. */
  readonly timeoutMs: number;
}

/**
 * What came, or why nothing did. not-public: the address, or one that it led to, is not one of the open internet; too-large and
 * slow: over the request's limits; wrong-type: of no type that was asked for. url is where the redirects ended.
 */
export type OutsideAnswer =
  | { readonly kind: "fetched"; readonly url: string; readonly contentType: string; readonly body: Buffer }
  | {
      readonly kind: "refused";
      readonly reason: "not-public" | "unreachable" | "slow" | "too-large" | "wrong-type" | "status" | "redirects";
    };

type Refusal = Extract<OutsideAnswer, { kind: "refused" }>;

const MOST_REDIRECTS = 4;
const USER_AGENT = "Mozilla/5.0 (compatible; RoseAsh/1.0)";

/**
 * Gets a page of the open internet for somebody who named its address, and never one of our own network (openOutside says how).
 * Redirects are followed by the same rules. It never throws for what the other side does.
 */
export async function fetchOutside(asked: OutsideRequest, outside: Outside = OPEN_INTERNET): Promise<OutsideAnswer> {
  const signal = AbortSignal.timeout(asked.timeoutMs);
  const headers = { accept: asked.accept.join(", "), "accept-encoding": "identity", "accept-language": "en", "user-agent": USER_AGENT };
  let url = URL.parse(asked.url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    if (url === null) return refuse("not-public");
    const response = await openOutside(url, headers, signal, outside);
    if ("kind" in response) return response;
    const { statusCode = 0, headers: answered } = response;
    if (statusCode < 300 || statusCode > 399 || answered.location === undefined) return read(url, response, asked, signal);
    response.destroy();
    url = URL.parse(answered.location, url.href);
  }
  return refuse("redirects");
}

async function read(
  url: URL,
  response: IncomingMessage,
  { accept, maxBytes }: OutsideRequest,
  signal: AbortSignal,
): Promise<OutsideAnswer> {
  const { statusCode = 0, headers } = response;
  const contentType = headers["content-type"] ?? "";
  const refusal = refusalOf(statusCode, contentType, headers["content-encoding"] ?? "identity", accept);
  if (refusal) {
    response.destroy();
    return refusal;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response) {
      length += chunk.length;
      if (length > maxBytes) return refuse("too-large"); // leaving the loop ends the connection
      chunks.push(chunk);
    }
  } catch {
    return refuse(signal.aborted ? "slow" : "unreachable");
  }
  return { kind: "fetched", url: url.href, contentType, body: Buffer.concat(chunks) };
}

function refusalOf(status: number, contentType: string, encoding: string, accept: readonly string[]): Refusal | null {
  if (status !== 200) return refuse("status");
  const [type = ""] = contentType.split(";");
  return accept.includes(type.trim().toLowerCase()) && encoding === "identity" ? null : refuse("wrong-type");
}

function refuse(reason: Refusal["reason"]): Refusal {
  return { kind: "refused", reason };
}
