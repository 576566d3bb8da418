import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import plugin from "fastify-plugin";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { CodedError, ERRORS } from "../../contracts/errors.ts";
import { isNoPage } from "./no-page.ts";

/** The one way out of every failure: a page in the layout for people, application/problem+json (RFC 9457) for programs. */
export const errorPages = plugin(async (app) => {
  app.setErrorHandler<FastifyError | CodedError>(async (error, request, reply) => {
    const coded = toCoded(error);
    if (coded.status >= 500) request.log.error({ err: error, ...coded.context }, coded.code);
    else request.log.info({ code: coded.code, ...coded.context }, coded.detail);
    reply.code(coded.status).header("cache-control", "no-store");
    if (!wantsHtml(request)) return sendProblem(coded, request, reply);
    return isNoPage(request.url) ? sendWords(coded, reply) : sendPage(coded, request, reply);
  });
});

/** Answers for addresses of nothing. */
export const notFound = plugin(async (app) => {
  app.setNotFoundHandler(() => {
    throw nothingHere();
  });
});

/** What an address of nothing says; also what looks like one to those who may not know better. */
export function nothingHere(): CodedError {
  return new CodedError("not-found", "There is nothing at this address. It may have moved, or the link has a typing error.");
}

async function sendPage(error: CodedError, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { title } = ERRORS[error.code];
  const context = { status: error.status, code: error.code, title, detail: error.detail, requestId: request.id };
  try {
    return await reply.page("errors/error.html", context);
  } catch (failure) {
    request.log.error({ err: failure }, "the error page failed");
    return sendWords(error, reply);
  }
}

/** Without a page around them: all of an error whose page fails, and of a missing file, which nobody's visits are counted for. */
function sendWords(error: CodedError, reply: FastifyReply): FastifyReply {
  return reply.type("text/plain; charset=utf-8").send(`${ERRORS[error.code].title}\n\n${error.detail}\n`);
}

function sendProblem(error: CodedError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply.type("application/problem+json").send({
    type: `/problems/${error.code}`,
    title: ERRORS[error.code].title,
    status: error.status,
    detail: error.detail,
    instance: `urn:request:${request.id}`,
  });
}

function wantsHtml(request: FastifyRequest): boolean {
  return request.headers.accept?.includes("text/html") === true && !request.url.startsWith("/internal/");
}

/** What Fastify and its plugins throw, in our codes. The text of an unknown fault stays in the log. */
function toCoded(error: FastifyError | CodedError): CodedError {
  if (error instanceof CodedError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const wrong = error.validation.map(({ instancePath, message }) => `${instancePath.slice(1) || "request"}: ${message}`);
    return new CodedError("invalid-request", wrong.join("; "));
  }
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") return new CodedError("too-large", "That is more than this form takes.");
  if (error.statusCode === 415) return new CodedError("unsupported-media-type", "This address reads forms and JSON only.");
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new CodedError("invalid-request", "The request could not be read.", { err: error });
  }
  return new CodedError("internal", "It is not your doing. We have written it down; please try again in a moment.");
}
