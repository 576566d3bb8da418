import { once } from "node:events";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { FragmentWant } from "../../shared/contracts/fragments.ts";
import { type Cache, Figures } from "../../shared/infrastructure/cache/index.ts";
import { type Asker, OwnerCalls } from "../../shared/infrastructure/fragments/ask-owner.ts";
import { makeComposer, type Shown } from "../../shared/infrastructure/fragments/compose.ts";
import { Fetches } from "../../shared/infrastructure/fragments/fetches.ts";
import { keepFragments } from "../../shared/infrastructure/fragments/kept-fragments.ts";
import { printSubject } from "../../shared/infrastructure/fragments/subject.ts";
import { makeFragmentTokens } from "../../shared/infrastructure/fragments/tokens.ts";
import { batchRequest } from "../../shared/infrastructure/fragments/wire.ts";
import { APPS, type App } from "../../shared/models/apps.ts";
import { aSharedStore } from "./caches.ts";
import { knownKeys } from "./known-keys.ts";

/** What one request asked of an owner. */
export interface Asked {
  app: App;
  subject: string;
  requestId: string | undefined;
  /** Its headers. */
  headers: IncomingMessage["headers"];
  wants: readonly { type: string; params: Record<string, string | number> }[];
}

export interface Piece {
  html: string | null;
  audience: "public" | "personal";
  goodUntil?: number;
}

/** The other services of a site: one real HTTP server that answers as whichever was asked, and notes what it was asked. */
export interface Owners {
  asked: Asked[];
  /** What the owners answer: pieces, or whatever this does with the response instead. */
  answer: (asked: Asked, response: ServerResponse) => readonly Piece[] | undefined;
  origin: string;
  /** A composer of the events service that has kept nothing yet; the html of what it had. */
  composer(parts?: ComposerOptions): (asker: Asker, wants: readonly FragmentWant[]) => Promise<string[]>;
  /** The same, with how each piece was had. */
  shower(parts?: ComposerOptions): (asker: Asker, wants: readonly FragmentWant[]) => Promise<readonly Shown[]>;
  close(): void;
}

interface ComposerOptions {
  name?: App;
  deadlineMs?: number;
  cache?: Cache;
  figures?: Figures;
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
    composer: (options = {}) => {
      const show = owners.shower(options);
      return async (asker, wants) => (await show(asker, wants)).map(({ html }) => html);
    },
    shower: ({ name = "events", deadlineMs = 10_000, cache = aSharedStore().open("memory"), figures = new Figures() } = {}) => {
      const patienceMs = deadlineMs * 5;
      const kept = keepFragments(cache);
      const calls = new OwnerCalls({
        name,
        owned: { own: () => undefined, make: async ({ type }) => ({ html: `own ${type}`, audience: "public", goodUntil: null }) },
        tokens: makeFragmentTokens(name, keys),
        originOf: (app) => `${owners.origin}/${app}`,
        patienceMs,
      });
      const fetches = new Fetches({ cache, kept, owners: calls, waitMs: deadlineMs, claimMs: patienceMs * 2 });
      return makeComposer({ kept, fetches, figures, deadlineMs });
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return owners;
}

async function read(request: IncomingMessage, keys: ReturnType<typeof knownKeys>): Promise<Asked | null> {
  const body = await text(request);
  const app = APPS.find((name) => request.url === `/${name}/internal/fragments`);
  if (app === undefined) return null;
  const call = await makeFragmentTokens(app, keys).verify(request.headers.authorization?.replace("Bearer ", "") ?? "");
  const { wants } = batchRequest.parse(JSON.parse(body));
  const requestId = request.headers["x-request-id"];
  return call && { app, subject: printSubject(call.subject), requestId: String(requestId), headers: request.headers, wants };
}
