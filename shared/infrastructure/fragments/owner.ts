import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { CodedError } from "../../contracts/errors.ts";
import { FRAGMENTS, type FragmentSubject, type FragmentType, type FragmentWant } from "../../contracts/fragments.ts";
import { nothingHere } from "../http/index.ts";
import type { OwnedFragment } from "./define-fragment.ts";
import { PATH_HEADER, parsePath } from "./loop-guard.ts";
import { PUBLIC } from "./subject.ts";
import type { FragmentTokens } from "./tokens.ts";
import type { VerifiedCall } from "./verify-token.ts";
import { batchRequest, fragmentType, PATH, PATIENCE_HEADER, type Piece } from "./wire.ts";

/** The fragments that this app makes. */
export interface Owned {
  own(fragment: OwnedFragment): void;
  /** Makes one piece; a fault of it is logged and costs only that piece. */
  make(want: FragmentWant, subject: FragmentSubject, log: FastifyBaseLogger): Promise<Piece>;
}

/** Keeps the app's fragments by type. */
export function makeOwned(app: FastifyInstance): Owned {
  const byType = new Map<FragmentType, OwnedFragment>();
  return {
    own: (fragment) => void byType.set(fragment.type, fragment),
    async make({ type, params = {} }, subject, log) {
      const { audience } = FRAGMENTS[type];
      const asked = audience === "public" ? PUBLIC : subject;
      const made: Piece["audience"] = asked.kind === "public" ? "public" : "personal";
      try {
        const fragment = byType.get(type);
        if (fragment === undefined) throw new Error(`${type} is not made here`);
        const { services, publicUrl, templating } = app;
        const { template, context } = await fragment.render({ services, publicUrl, subject: asked, params });
        return { html: await templating.render(template, context), audience: made };
      } catch (error) {
        log.error({ err: error, type }, "a fragment failed");
        return { html: null, audience: made };
      }
    },
  };
}

/** GET /internal/fragments/<type> and POST /internal/fragments. Without a token of one of the six there is nothing here. */
export function routeFragments(app: FastifyInstance, owned: Owned, tokens: FragmentTokens): void {
  app.post<{ Body: z.output<typeof batchRequest> }>(
    PATH,
    { schema: { body: batchRequest }, config: { origin: "exempt" }, onRequest: admit },
    async (request) => {
      const { subject } = await getCall(request);
      const pieces = await Promise.all(request.body.wants.map((want) => owned.make(want, subject, request.log)));
      return { pieces };
    },
  );
  const params = z.object({ type: fragmentType });
  const querystring = z.record(z.string(), z.string());
  app.get<{ Params: z.output<typeof params>; Querystring: z.output<typeof querystring> }>(
    `${PATH}/:type`,
    { schema: { params, querystring }, onRequest: admit },
    async (request, reply) => {
      const { subject } = await getCall(request);
      const piece = await owned.make({ type: request.params.type, params: request.query }, subject, request.log);
      if (piece.html === null) throw new CodedError("internal", "The fragment could not be made.");
      return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").send(piece.html);
    },
  );

  /** Before anything of the body is read. */
  async function admit(request: FastifyRequest): Promise<void> {
    await getCall(request);
  }

  /** Tokens that were accepted are remembered: asking twice costs nothing. */
  async function getCall(request: FastifyRequest): Promise<VerifiedCall> {
    const [scheme, token = ""] = (request.headers.authorization ?? "").split(" ");
    const call = scheme === "Bearer" ? await tokens.verify(token) : null;
    if (call === null) throw nothingHere();
    return call;
  }
}
