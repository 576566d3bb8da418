import { setTimeout as sleep } from "node:timers/promises";
import { errorOf, noAnswer, SumUpError, unreadable } from "./sumup-error.ts";

/** Where SumUp is, and how long and how often it is waited for. */
export interface SumUpSettings {
  /** Without a slash at its end, as https://api.sumup.com; a simulator may stand below a path. */
  readonly host: string;
  /** From the question to the last byte of the answer. */
  readonly timeoutMs: number;
  /** Pauses between tries of what may be tried again; a fourth part more or less. */
  readonly pausesMs: readonly number[];
  /** The longest rest that SumUp may ask for and get while somebody waits. */
  readonly longestRestMs: number;
}

export interface Question {
  method: "GET" | "POST" | "DELETE";
  /** With its query. */
  path: string;
  key: string;
  body?: unknown;
  /** Asking twice does no harm: it is asked again also where nobody knows whether it was done. */
  isRepeatable: boolean;
}

/** Far above every answer of SumUp's: a page of the history has some ten thousand bytes. */
const MOST_BYTES = 2_000_000;

/** Asks until SumUp answers or the tries are used up. Gives the parsed JSON; throws SumUpError. */
export async function ask(settings: SumUpSettings, question: Question): Promise<unknown> {
  for (const pauseMs of settings.pausesMs) {
    try {
      return await askOnce(settings, question);
    } catch (error) {
      if (!(error instanceof SumUpError) || !isWorthATry(error, question, settings.longestRestMs)) throw error;
      await sleep(Math.max(error.retryAfterMs, pauseMs * (0.75 + Math.random() / 2)));
    }
  }
  return askOnce(settings, question);
}

function isWorthATry(error: SumUpError, { isRepeatable }: Question, longestRestMs: number): boolean {
  if (error.retryAfterMs > longestRestMs) return false;
  return error.trouble === "busy" || (error.trouble === "unclear" && isRepeatable);
}

async function askOnce({ host, timeoutMs }: SumUpSettings, { method, path, key, body }: Question): Promise<unknown> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(host + path, {
    method,
    signal,
    redirect: "error", // a key is not shown to whoever it leads to
    headers: {
      accept: "application/json, application/problem+json",
      authorization: `Bearer ${key}`,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw noAnswer(error);
  });
  const text = await readText(response).catch((error: unknown) => {
    throw error instanceof SumUpError ? error : noAnswer(error);
  });
  const parsed = parse(text);
  if (!response.ok) throw errorOf(response.status, parsed, restOf(response.headers.get("retry-after")));
  if (parsed === undefined) throw unreadable(response.status, "something that is not JSON");
  return parsed;
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return "";
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > MOST_BYTES) throw unreadable(response.status, "more than anybody reads");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Undefined: it is not JSON. Nothing at all is null. */
function parse(text: string): unknown {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** RFC 9110 §10.2.3: seconds, or a date. In milliseconds; 0 where it says neither. */
function restOf(header: string | null): number {
  if (header === null) return 0;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - Date.now());
}
