import type { ChangeLineView } from "@rose-ash/shared/contracts/change-sets.ts";
import { adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { CHANGE_LINE_STATES } from "@rose-ash/shared/models/change-sets.ts";
import type { ChangeSetId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { changeWords, labelOf } from "../products/form-fields.ts";
import { SET_ROUTE, type SetParams, setParams } from "./params.ts";
import { stateTabs, stateWord } from "./words.ts";

const query = z.object({
  show: z
    .enum(["", ...CHANGE_LINE_STATES])
    .catch("")
    .default(""),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});
type Query = z.output<typeof query>;

/** GET /admin/changes/:id: line by line what would change, or what came of it. */
export const showSet: Route<{ Params: SetParams; Querystring: Query }> = {
  method: "GET",
  url: SET_ROUTE,
  schema: { params: setParams, querystring: query },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const id = request.params.id as ChangeSetId;
    const { set } = await request.server.services.changeSets.getSet(id, null, 1);
    if (set.state === "mapping") return reply.redirect(`/admin/lists/${id}`, 303);
    return sendSet(request, reply, id, { ...request.query, messages: {} });
  },
};

/** The page; with a message it comes back, 422. */
export async function sendSet(
  request: FastifyRequest,
  reply: FastifyReply,
  id: ChangeSetId,
  { show, page, messages }: Query & { messages: Readonly<Record<string, string>> },
): Promise<FastifyReply> {
  const { set, lines, ...paging } = await request.server.services.changeSets.getSet(id, show === "" ? null : show, page);
  const path = `/admin/changes/${id}`;
  const urlOf = (number: number) => `${path}?${new URLSearchParams({ ...(show ? { show } : {}), page: String(number) })}`;
  const { counts } = set;
  const doable = counts.new + counts.changed;
  const errors = Object.entries(messages).map(([field, message]) => ({ field, message }));
  if (errors.length > 0) reply.code(422);
  return reply.page("admin/changes/show.html", {
    ...{ menu: menuOf(request), set, counts, doable, errors, messages, lines: lines.map(lineOf), setPath: path },
    tabs: stateTabs(set, path, show),
    isList: set.kind === "list",
    total: CHANGE_LINE_STATES.reduce((sum, state) => sum + counts[state], 0),
    done: counts.applied + counts.conflict,
    pagination: {
      ...{ number: paging.page, count: paging.pageCount },
      previousUrl: paging.page > 1 ? urlOf(paging.page - 1) : null,
      nextUrl: paging.page < paging.pageCount ? urlOf(paging.page + 1) : null,
    },
  });
}

/** A line in words. A note of a draft that begins with a word of ours is one of codes. */
function lineOf({ changes, note, ...line }: ChangeLineView) {
  return {
    ...line,
    ...{ word: stateWord(line.state), note: noteWords(note) },
    changes: changes.map(({ field, before, after }) => ({
      ...{ label: labelOf(field), isNew: before === null, before: changeWords(field, before), after: changeWords(field, after) },
    })),
  };
}

function noteWords(note: string): string {
  const [code = "", ...fields] = note.split(" ");
  const named = fields.map(labelOf).join(", ");
  if (code === "others") return "It is another supplier’s: what this one says is kept with their number, and changes nothing.";
  if (code === "overruled") return `We say otherwise, and that stays: ${named}.`;
  return code === "missing" ? `New, and it is not said: ${named}.` : note;
}
