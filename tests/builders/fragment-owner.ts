import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Cache } from "../../shared/infrastructure/cache/index.ts";
import { makeComposer } from "../../shared/infrastructure/fragments/compose.ts";
import { makeKept } from "../../shared/infrastructure/fragments/kept.ts";
import { printSubject } from "../../shared/infrastructure/fragments/subject.ts";
import { makeFragmentTokens } from "../../shared/infrastructure/fragments/tokens.ts";
import { batchRequest } from "../../shared/infrastructure/fragments/wire.ts";
import { APPS, type App } from "../../shared/models/apps.ts";
import { knownKeys } from "./known-keys.ts";

/** What one request asked of an owner. */
export interface Asked {
  app: App;
  subject: string;
  requestId: string | undefined;
  wants: readonly { type: string; params: Record<string, string | number> }[];
}

export interface Piece {
  html: string | null;
  audience: "public" | "personal";
}

/** The other services of a site: one real HTTP server that answers as whichever was asked, and notes what it was asked. */
export interface Owners {
  asked: Asked[];
  /** What the owners answer: pieces, or whatever this does with the response instead. */
  answer: (asked: Asked, response: ServerResponse) => readonly Piece[] | undefined;
  origin: string;
  /** A composer of the events service that has kept nothing yet. */
  composer(parts?: { name?: App; deadlineMs?: number; cache?: Cache }): ReturnType<typeof makeComposer>["compose"];
  close(): void;
}

/** Each piece says what it is, for whom it was made, and by which request. */
export function pieces({ wants, subject }: Asked, number: number): readonly Piece[] {
  const audience = subject === "public" ? "public" : "personal";
  return wants.map(({ type, params }) => ({
    html: `<i>${[type, ...Object.values(params)].join(" ")} for ${subject} #${number}</i>`,
    audience,
  }));
}

export async function openOwners(): Promise<Owners> {
  const keys = knownKeys();
  const server = http.createServer(async (request, response) => {
    const asked = await read(request, keys);
    if (asked === null) return void response.writeHead(404).end();
    owners.asked.push(asked);
    const answered = owners.answer(asked, response);
    if (answered !== undefined) response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ pieces: answered }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const owners: Owners = {
    asked: [],
    answer: (asked) => pieces(asked, owners.asked.length),
    origin: `http://127.0.0.1:${port}`,
    composer: ({ name = "events", deadlineMs = 10_000, cache = NO_CACHE } = {}) =>
      makeComposer({
        name,
        owned: { own: () => undefined, make: async ({ type }) => ({ html: `own ${type}`, audience: "public" }) },
        tokens: makeFragmentTokens(name, keys),
        kept: makeKept(cache),
        originOf: (app) => `${owners.origin}/${app}`,
        deadlineMs,
      }).compose,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return owners;
}

const NO_CACHE: Cache = {
  kind: "memory",
  getMany: async (keys) => keys.map(() => null),
  set: async () => undefined,
  close: async () => undefined,
};

async function read(request: IncomingMessage, keys: ReturnType<typeof knownKeys>): Promise<Asked | null> {
  const body = await text(request);
  const app = APPS.find((name) => request.url === `/${name}/internal/fragments`);
  if (app === undefined) return null;
  const call = await makeFragmentTokens(app, keys).verify(request.headers.authorization?.replace("Bearer ", "") ?? "");
  const { wants } = batchRequest.parse(JSON.parse(body));
  const requestId = request.headers["x-request-id"];
  return call && { app, subject: printSubject(call.subject), requestId: String(requestId), wants };
}
