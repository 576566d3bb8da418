import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { findMentions } from "../../statuses/find-mentions.ts";
import { memberReader } from "../hub/reader.ts";
import { formAgain } from "./compose-form.ts";
import { readDraft } from "./draft.ts";
import { readForm } from "./read-form.ts";

/** POST /posts: a member says something. */
export const composeStatus: Route = {
  method: "POST",
  url: "/posts",
  async handler(request, reply) {
    const reader = memberReader(request);
    const { services, transaction, runtime } = request.server;
    const sent = await readForm(request, reader.userId);
    const read = readDraft(sent, runtime.clock.now());
    if (read.kind === "wrong") {
      const answers = Number(sent.fields["answers"] ?? 0);
      const status = answers > 0 ? await services.statuses.getStatus(answers as StatusId, reader).catch(nothing) : null;
      const form = formAgain(sent.fields, read.messages, sent.kept, status?.id ?? null);
      return reply.code(422).page("statuses/new.html", { form, answers: status, errors: errorsOf(read.messages) });
    }
    const { mentions, keep } = await findMentions(request.server, read.draft.text);
    const id = await transaction(async (tx) => {
      await keep(tx);
      return services.statuses.compose(tx, reader, { ...read.draft, mentions, about: null });
    });
    return reply.redirect(read.draft.answers === null ? withNotice("/", "post-said") : `/posts/${read.draft.answers}#post-${id}`, 303);
  },
};

function nothing(error: unknown): null {
  if (error instanceof CodedError && error.code === "not-found") return null;
  throw error;
}

/** For the summary on top of a form: by the control that each is about. */
export const errorsOf = (messages: Readonly<Record<string, string>>) =>
  Object.entries(messages).map(([field, message]) => ({ field: field === "poll" ? "option1" : field, message }));
