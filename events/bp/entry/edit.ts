import type { ChangeScope, DraftError, EntryForEditing, RoomClash } from "@rose-ash/shared/contracts/calendar-desk.ts";
import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type AnyForm, draftOf, formContext, formOf } from "../entry-form/fields.ts";
import { picturesFor } from "../entry-form/pictures.ts";
import { FORM_LIMITS, type FormError, pictureOf, readForm } from "../entry-form/read-form.ts";
import { memberOf } from "../member.ts";

const BODY_BYTES = FORM_LIMITS.fileSize + 1_000_000;
const params = z.object({ slug: z.string() });
const timeParams = z.object({ slug: z.string(), key: z.string() });
const querystring = z.object({ scope: z.enum(["this", "following"]).catch("this").default("this") });
type Time = { Params: z.output<typeof timeParams>; Querystring: z.output<typeof querystring> };

/** GET /entries/:slug/edit: the form about all of an entry. */
export const editEntry: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: "/entries/:slug/edit",
  schema: { params },
  handler: (request, reply) => show(request, reply, { slug: request.params.slug, scope: { kind: "all" } }),
};

/** POST /entries/:slug/edit: changes all of it. */
export const saveEntry: Route<{ Params: z.output<typeof params> }> = {
  method: "POST",
  url: "/entries/:slug/edit",
  schema: { params },
  bodyLimit: BODY_BYTES,
  handler: (request, reply) => save(request, reply, { slug: request.params.slug, scope: { kind: "all" } }),
};

const TIME = "/entries/:slug/:key(^[0-9TZ]{8,16}$)/edit";

/** GET /entries/:slug/:key/edit: about one time of a series, or that and all after it. */
export const editTime: Route<Time> = {
  method: "GET",
  url: TIME,
  schema: { params: timeParams, querystring },
  handler: (request, reply) => show(request, reply, askedOf(request.params, request.query)),
};

/** POST /entries/:slug/:key/edit: changes one, or that and all after it. */
export const saveTime: Route<Time> = {
  method: "POST",
  url: TIME,
  schema: { params: timeParams, querystring },
  bodyLimit: BODY_BYTES,
  handler: (request, reply) => save(request, reply, askedOf(request.params, request.query)),
};

interface Asked {
  readonly slug: string;
  readonly scope: ChangeScope;
}

function askedOf({ slug, key }: Time["Params"], { scope }: Time["Querystring"]): Asked {
  return { slug, scope: { kind: scope, key } };
}

const keyOf = (scope: ChangeScope) => (scope.kind === "all" ? null : scope.key);

async function show(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
  const entry = await request.server.services.calendarDesk.getForEditing(memberOf(request), asked.slug, keyOf(asked.scope));
  return sendForm(request, reply, { entry, asked, form: formOf(entry.draft), errors: [], problems: [], clashes: [], problem: "" });
}

async function save(request: FastifyRequest, reply: FastifyReply, asked: Asked): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const by = memberOf(request);
  const sent = await readForm(request, by);
  const entry = await services.calendarDesk.getForEditing(by, asked.slug, keyOf(asked.scope));
  const current = entry.draft.pictureId;
  const chosen = { ...sent, form: asked.scope.kind === "this" ? { ...sent.form, pictureId: String(current ?? "") } : sent.form };
  const picture = await pictureOf(request, chosen, { by, isKeeper: entry.calendar.isKeeper, current });
  const form: AnyForm = { ...chosen.form, pictureId: String(picture.pictureId ?? "") };
  const nothing = { entry, asked, form, errors: [], problems: picture.errors, clashes: [], problem: "" };
  if (picture.errors.length > 0 && asked.scope.kind !== "this") return sendForm(request, reply.code(422), nothing);
  const change = {
    id: entry.id,
    revision: Number(form["revision"]) || 0,
    scope: asked.scope,
    draft: draftOf(form, entry.calendar.zone, picture.pictureId),
    by,
  };
  const result = await transaction((tx) => services.calendarDesk.change(tx, change));
  if (result.kind === "changed") {
    const to = entry.status === "proposed" ? "/desk" : `/entries/${result.slug}${asked.scope.kind === "this" ? `/${asked.scope.key}` : ""}`;
    return reply.redirect(withNotice(to, result.dropped > 0 ? "changes-dropped" : "saved"), 303);
  }
  if (result.kind === "gone") throw new CodedError("not-found", "There is nothing here that you may change.", { slug: asked.slug });
  const again = {
    entry,
    asked,
    form,
    problems: [],
    errors: result.kind === "wrong" ? result.errors : [],
    clashes: result.kind === "room-taken" ? result.clashes : [],
  };
  return sendForm(request, reply.code(result.kind === "wrong" ? 422 : 409), { ...again, problem: PROBLEMS[result.kind] });
}

const PROBLEMS = {
  wrong: "",
  conflict: "Somebody else changed it meanwhile. What you typed is below: look at how it stands now, and save again.",
  "room-taken": "The room is not free then. Nothing was changed.",
} as const;

interface Shown {
  readonly entry: EntryForEditing;
  readonly asked: Asked;
  readonly form: AnyForm;
  readonly errors: readonly DraftError[];
  readonly problems: readonly FormError[];
  readonly clashes: readonly RoomClash[];
  readonly problem: string;
}

async function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { entry, asked, form, errors, problems, clashes, problem }: Shown,
): Promise<FastifyReply> {
  const { calendar, draft } = entry;
  const who = { by: memberOf(request), isKeeper: calendar.isKeeper, current: draft.pictureId, chosen: form["pictureId"] };
  const pictures = asked.scope.kind === "this" ? [] : await picturesFor(request, who);
  const { slug, scope } = asked;
  const here = `/entries/${slug}`;
  const at = scope.kind === "all" ? null : scope.key;
  const tab = (name: string, url: string, isCurrent: boolean) => ({ name, url, isCurrent });
  const tabs =
    at === null || !entry.isSeries
      ? []
      : [
          tab("This time", `${here}/${at}/edit?scope=this`, scope.kind === "this"),
          tab("This and all that follow", `${here}/${at}/edit?scope=following`, scope.kind === "following"),
          tab("All of it", `${here}/edit`, false),
        ];
  reply.header("cache-control", "private, no-store");
  return reply.page("entry/edit.html", {
    ...formContext(form, { calendar, errors, problems, clashes, pictures, hasRepeat: scope.kind !== "this" }),
    ...{ entry, tabs, problem, isTaken: problem === PROBLEMS["room-taken"], scope: scope.kind, key: at ?? "" },
    action: scope.kind === "all" ? `${here}/edit` : `${here}/${scope.key}/edit?scope=${scope.kind}`,
    trail: [
      { name: "Calendar", url: request.server.publicUrl("events", "/") },
      { name: "Your entries", url: "/desk" },
      { name: entry.draft.title },
    ],
  });
}
