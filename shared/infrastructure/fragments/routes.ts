import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../contracts/errors.ts";
import type { FragmentWant } from "../../contracts/fragments.ts";
import { nothingHere } from "../http/index.ts";
import { isOnPath, PATH_HEADER } from "./loop-guard.ts";
import type { Owned } from "./owned.ts";
import type { VerifiedCall, Verify } from "./verify-token.ts";
import { batchRequest, fragmentType, PATH, PATIENCE_HEADER, type Piece } from "./wire.ts";

/** The answer takes a moment to travel. */
const ON_THE_WAY_MS = 50;
const MAX_PATIENCE_MS = 5000;
const params = z.object({ type: fragmentType });
const querystring = z.record(z.string(), z.string());

/** GET /internal/fragments/<type> and POST /internal/fragments. Without a token of one of the six there is nothing here. */
export function routeFragments(app: FastifyInstance, owned: Owned, verify: Verify): void {
  const admit = (request: FastifyRequest) => admitCall(request, verify);
  app.post<{ Body: z.output<typeof batchRequest> }>(
    PATH,
    { schema: { body: batchRequest }, config: { origin: "exempt" }, onRequest: admit },
    async (request) => ({ pieces: await makeInTime(request, owned, verify, request.body.wants) }),
  );
  app.get<{ Params: z.output<typeof params>; Querystring: z.output<typeof querystring> }>(
    `${PATH}/:type`,
    { schema: { params, querystring }, onRequest: admit },
    async (request, reply) => {
      const [piece] = await makeInTime(request, owned, verify, [{ type: request.params.type, params: request.query }]);
      if (!piece || piece.html === null) throw new CodedError("internal", "The fragment could not be made.");
      return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(piece.html);
    },
  );
}

/** Before anything of the body is read. */
async function admitCall(request: FastifyRequest, verify: Verify): Promise<void> {
  await getCall(request, verify);
  const path = String(request.headers[PATH_HEADER] ?? "");
  if (isOnPath(path, request.server.appName)) throw new CodedError("fragment-loop", "The answer waits for itself.", { path });
  request.fragmentPath = path;
}

/** Tokens that were accepted are remembered: asking twice costs nothing. */
async function getCall(request: FastifyRequest, verify: Verify): Promise<VerifiedCall> {
  const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ");
  const call = scheme === "Bearer" ? await verify(token) : null;
  if (call === null) throw nothingHere();
  return call;
}

/** A slow piece costs itself only: it is left out when the caller's patience ends, and the others go. */
async function makeInTime(request: FastifyRequest, owned: Owned, verify: Verify, wants: readonly FragmentWant[]): Promise<Piece[]> {
  const { subject } = await getCall(request, verify);
  const patience = Math.min(Number(request.headers[PATIENCE_HEADER]) || MAX_PATIENCE_MS, MAX_PATIENCE_MS);
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(() => resolve(null), Math.max(patience - ON_THE_WAY_MS, 1));
  const pieces = await Promise.all(wants.map((want) => Promise.race([owned.make(want, subject, request.log), promise])));
  clearTimeout(timer);
  return pieces.map((piece) => piece ?? { html: null, audience: "personal", goodUntil: null });
}
