import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Commented, type CommentResult, MAX_COMMENT } from "../../../contracts/comments.ts";
import { CodedError } from "../../../contracts/errors.ts";
import type { Route } from "../../http/index.ts";
import { type NoticeCode, withNotice } from "../../notices/index.ts";

const params = z.object({ slug: z.string() });
const body = z.object({
  text: z.string().max(100_000).default(""),
  warning: z.string().trim().max(200).default(""),
  answers: z.string().max(20).default(""),
});

const MOST = { hits: 10, windowSeconds: 600 };
const NOTICES: Record<CommentResult["kind"], NoticeCode> = {
  shown: "comment-shown",
  waits: "comment-waits",
  closed: "comments-closed",
  limited: "comment-limited",
  gone: "comment-gone",
};

/** POST /<folder>/:slug/comments: what a member has to say to it. find: what stands at the slug for them; it throws not-found. */
export function commentRoute(
  folder: "posts" | "products" | "entries",
  find: (request: FastifyRequest, slug: string) => Promise<Commented & { readonly title: string }>,
): Route<{ Params: z.output<typeof params>; Body: z.output<typeof body> }> {
  return {
    method: "POST",
    url: `/${folder}/:slug(^[a-z0-9-]{1,200}$)/comments`,
    schema: { params, body },
    async handler(request, reply) {
      const { viewer, server } = request;
      const { services, runtime } = server;
      const here = `/${folder}/${request.params.slug}`;
      if (viewer.kind !== "member") return reply.redirect(`/auth/login?${new URLSearchParams({ next: `${here}#comments` })}`, 303);
      const { title, ...source } = await find(request, request.params.slug);
      const { text, warning, answers } = request.body;
      const message = messageOf(text);
      if (message !== null) return askAgain(reply, { ...request.body, here, title, message });
      const { kind } = await server.transaction(async (tx) => {
        const isFine = await services.identity.withinLimit(tx, `comments:${viewer.userId}`, MOST, runtime.clock.now());
        if (!isFine) throw new CodedError("too-many-requests", "That are many comments in a short time. Please wait ten minutes.");
        return services.comments.write(tx, {
          source,
          by: viewer.userId,
          text: text.trim(),
          warning,
          answers: answers === "" ? null : answers,
        });
      });
      return reply.redirect(`${withNotice(here, NOTICES[kind])}#comments`, 303);
    },
  };
}

function messageOf(text: string): string | null {
  if (text.trim() === "") return "Write something first.";
  if (text.trim().length <= MAX_COMMENT) return null;
  return `It is too long by ${text.trim().length - MAX_COMMENT} characters: ${MAX_COMMENT} fit.`;
}

/** The form again, with what was typed. */
function askAgain(reply: FastifyReply, form: object): Promise<FastifyReply> {
  return reply.code(422).page("comments/form.html", form);
}
