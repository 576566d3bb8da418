import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "@rose-ash/shared/infrastructure/clock.ts";
import { adminToken } from "./admin-token.ts";
import type { GhostSettings } from "./settings.ts";

/** Ghost did not do what it was asked. status 0: nothing came, and nobody knows whether it was done. */
export class GhostError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "GhostError";
    this.status = status;
  }
}

/** answeredAt: Ghost's clock, by the second. */
export interface GhostAnswer {
  readonly body: unknown;
  readonly answeredAt: Date;
}

export interface GhostClient {
  /** Where the site of this Ghost is. */
  readonly url: string;
  /** path: below the Admin API, as "posts/". Asked again while Ghost is busy or away. Null: it is not there. */
  get(path: string, query?: Record<string, string>): Promise<GhostAnswer | null>;
  /** Asked again likewise: it carries the state that it changes, so twice does no harm. */
  put(path: string, query: Record<string, string>, body: unknown): Promise<GhostAnswer>;
  /** Asked once: whether an unanswered one was done has to be looked up. */
  post(path: string, query: Record<string, string>, body: unknown): Promise<GhostAnswer>;
  /** Asked again likewise; what is not there is as good as deleted. */
  remove(path: string): Promise<void>;
  /** A file of the site itself, as a picture; null: it is not there, or larger. */
  file(url: string, maxBytes: number): Promise<Buffer | null>;
}

/** How long and how often Ghost is waited for. */
export interface Patience {
  readonly timeoutMs: number;
  /** Pauses between tries; a fourth part more or less. */
  readonly pausesMs: readonly number[];
  /** The longest that an answer "too many requests" is obeyed at once. */
  readonly longestPauseMs: number;
}

const PATIENCE: Patience = { timeoutMs: 15_000, pausesMs: [500, 1500, 4000], longestPauseMs: 20_000 };

/** Speaks the Admin API of Ghost 6. */
export function makeGhostClient(settings: GhostSettings, clock: Clock, patience: Patience = PATIENCE): GhostClient {
  const ask = (method: string, path: string, query: Record<string, string>, body?: unknown): Promise<Response> => {
    const search = new URLSearchParams(query).toString();
    return fetch(`${settings.url}/ghost/api/admin/${path}${search && `?${search}`}`, {
      method,
      redirect: "error", // a key is not shown to whoever it leads to
      signal: AbortSignal.timeout(patience.timeoutMs),
      headers: {
        authorization: `Ghost ${adminToken(settings, clock.now())}`,
        "accept-version": "v6.0",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new GhostError(0, `Ghost does not answer: ${reasonOf(error)}`);
    });
  };
  const again = (method: string, path: string, query: Record<string, string>, body?: unknown) =>
    withPatience(patience, async () => read(await ask(method, path, query, body)));
  return {
    url: settings.url,
    get: (path, query = {}) =>
      again("GET", path, query).catch((error: unknown) => {
        if (error instanceof GhostError && error.status === 404) return null;
        throw error;
      }),
    put: (path, query, body) => again("PUT", path, query, body),
    post: async (path, query, body) => read(await ask("POST", path, query, body)),
    async remove(path) {
      await again("DELETE", path, {}).catch((error: unknown) => {
        if (!(error instanceof GhostError) || error.status !== 404) throw error;
      });
    },
    file: (url, maxBytes) => getFile(url, maxBytes, patience.timeoutMs),
  };
}

/** Tries again what failed by Ghost being busy or away; what it refused stays refused. */
async function withPatience(patience: Patience, work: () => Promise<GhostAnswer>): Promise<GhostAnswer> {
  for (const pauseMs of patience.pausesMs) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GhostError) || !isPassing(error.status)) throw error;
      const asked = error instanceof Busy ? error.retryAfterMs : 0;
      if (asked > patience.longestPauseMs) throw error;
      await sleep(Math.max(asked, pauseMs * (0.75 + Math.random() / 2)));
    }
  }
  return work();
}

class Busy extends GhostError {
  readonly retryAfterMs: number;

  constructor(status: number, message: string, retryAfterMs: number) {
    super(status, message);
    this.retryAfterMs = retryAfterMs;
  }
}

function isPassing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500;
}

async function read(response: Response): Promise<GhostAnswer> {
  const answeredAt = new Date(response.headers.get("date") ?? Date.now());
  const text = await response.text().catch((error: unknown) => {
    throw new GhostError(0, `Ghost's answer broke off: ${reasonOf(error)}`);
  });
  const body = parse(text);
  if (response.ok && body !== undefined) return { body, answeredAt };
  const restMs = Number(response.headers.get("retry-after") ?? 0) * 1000 || 0;
  const message = `Ghost answered ${response.status}: ${wordsFor(response.status, body, restMs)}`;
  if (response.ok) throw new GhostError(0, "Ghost answered something that is not JSON");
  if (!isPassing(response.status)) throw new GhostError(response.status, message);
  throw new Busy(response.status, message, restMs);
}

function parse(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an editor can do about it, where there is something. */
function wordsFor(status: number, body: unknown, restMs: number): string {
  if (status === 429) return `it is asked too much${restMs > 0 ? `, and wants ${Math.ceil(restMs / 1000)} seconds of rest` : ""}.`;
  if (status === 401 || status === 403) return `${messageOf(body)} Is the key of the integration still the one that is configured?`;
  return messageOf(body);
}

/** Ghost's own words, with their context. */
function messageOf(body: unknown): string {
  const errors = typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors) ? body.errors : [];
  const { message, context } = errors[0] ?? {};
  return [message, context].filter((part) => typeof part === "string").join(" ") || "no reason was given.";
}

async function getFile(url: string, maxBytes: number, timeoutMs: number): Promise<Buffer | null> {
  const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    throw new GhostError(0, `Ghost's file could not be fetched: ${reasonOf(error)}`);
  });
  if (!response.ok || response.body === null) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > maxBytes) return null; // leaving the loop ends the connection
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason was given";
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
