import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CodedError } from "../../../contracts/errors.ts";
import { isActivityType } from "../actors/index.ts";
import { type Arrival, makeInboxStore, passGate, readHead } from "../gate/index.ts";
import type { ClaimedSignature } from "../signatures/index.ts";
import { messageOf } from "./message-of.ts";

const MOST_BYTES = 256 * 1024;
/** Of one address: a large server sends much from few. */
const REQUESTS_PER_MINUTE = 120_000;

const heads = new WeakMap<FastifyRequest, ClaimedSignature>();

/** POST to an inbox: through the gate, then written down, then 202. What it asks for is done later. */
export async function receiving(app: FastifyInstance, { inboxes }: { inboxes: readonly string[] }): Promise<void> {
  const { runtime, fediverse } = app;
  const store = makeInboxStore(runtime.db);
  const types = ["application/activity+json", "application/ld+json"];
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(types, { parseAs: "buffer" }, (_request, body, done) => done(null, body));

  // by its head alone, before a byte of the body is read
  const lookAtHead = (request: FastifyRequest, _reply: FastifyReply, done: (error?: Error) => void) => {
    if (!isActivityType(request.headers["content-type"]))
      return done(new CodedError("unsupported-media-type", "An inbox takes documents of ActivityStreams only."));
    const head = readHead(messageOf(request), runtime.clock.now(), true);
    if (head.kind === "refused") return done(new CodedError(head.code, `It was not taken: ${head.reason}.`));
    heads.set(request, head);
    done();
  };

  async function receive(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const claimed = heads.get(request);
    if (claimed === undefined || !Buffer.isBuffer(request.body)) throw new CodedError("invalid-request", "It has no body.");
    const answer = await passGate(fediverse.gate, messageOf(request), claimed, request.body);
    request.body = undefined; // thousands wait for the disk
    if (answer.kind === "refused") throw new CodedError(answer.code, `It was not taken: ${answer.reason}.`);
    if (answer.kind === "arrived") await keep(answer.arrival);
    return reply.code(202).send();
  }

  async function keep(arrival: Arrival): Promise<void> {
    await fediverse.remote.keep(runtime.db, arrival.actor);
    await store.keep(arrival);
  }

  for (const url of inboxes)
    app.route({
      ...{ method: "POST", url, bodyLimit: MOST_BYTES, onRequest: lookAtHead, handler: receive },
      config: { origin: "exempt", requestsPerMinute: REQUESTS_PER_MINUTE },
    });
}
