import type { Reader, StatusView } from "@rose-ash/shared/contracts/statuses.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { plainText } from "@rose-ash/shared/infrastructure/sanitise-html.ts";
import type { StatusId } from "@rose-ash/shared/models/ids.ts";
import { mentionsIn } from "@rose-ash/shared/models/status-text.ts";
import { z } from "zod";
import { languageOf, memberReader } from "../hub/reader.ts";
import { emptyForm } from "./compose-form.ts";

const querystring = z.object({ answers: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional() });

/** GET /posts/new: the form by itself; of an answer with what it answers above. */
export const newStatus: Route<{ Querystring: z.output<typeof querystring> }> = {
  method: "GET",
  url: "/posts/new",
  schema: { querystring },
  async handler(request, reply) {
    const reader = memberReader(request);
    const { answers } = request.query;
    const status = answers === undefined ? null : await request.server.services.statuses.getStatus(answers as StatusId, reader);
    const form = emptyForm({
      answers: status === null ? null : { status, text: greetingOf(status, reader) },
      language: languageOf(request),
    });
    return reply.page("statuses/new.html", { form, answers: status, errors: [] });
  },
};

/** Who is spoken to: its author, and whoever it names with their host; not oneself. */
function greetingOf(status: StatusView, reader: Reader): string {
  const named = mentionsIn(plainText(status.html)).filter((handle) => status.author.isOurs || handle.includes("@"));
  const handles = [status.author.handle, ...named.map((handle) => `@${handle}`)].filter((handle) => handle !== `@${reader.handle}`);
  return handles.length === 0 ? "" : `${[...new Set(handles)].join(" ")} `;
}
