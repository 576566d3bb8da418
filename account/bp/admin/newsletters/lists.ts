import type { Newsletter, NewsletterSettings } from "@rose-ash/shared/contracts/newsletters.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { purgeOnCommit } from "@rose-ash/shared/infrastructure/cache/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

const text = z.string().max(2000).catch("").default("");
const body = z.object({ name: text, slug: text, description: text, open: text, group: text, senderName: text, digest: text });
type ListBody = z.output<typeof body>;
const params = z.object({ slug: z.string() });
const ROUTE = "/admin/newsletters/lists/:slug(^[a-z0-9-]{1,100}$)";

/** What stands in addresses of letters already. */
const RESERVED = new Set(["leave", "confirm", "preferences", "reports", "new"]);
const EMPTY: ListBody = { name: "", slug: "", description: "", open: "yes", group: "", senderName: "", digest: "" };

/** GET /admin/newsletters/lists/new */
export const newList: Route = {
  method: "GET",
  url: "/admin/newsletters/lists/new",
  onRequest: adminOnly("edit"),
  handler: (request, reply) => sendForm(request, reply, { list: null, values: EMPTY, messages: {} }),
};

/** POST /admin/newsletters/lists: a new list, behind the others. */
export const createList: Route<{ Body: ListBody }> = {
  method: "POST",
  url: "/admin/newsletters/lists",
  schema: { body },
  onRequest: adminOnly("edit"),
  handler: (request, reply) => save(request, reply, null),
};

/** GET /admin/newsletters/lists/:slug */
export const editList: Route<{ Params: z.output<typeof params> }> = {
  method: "GET",
  url: ROUTE,
  schema: { params },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    const list = await request.server.services.newsletters.getNewsletter(request.params.slug);
    return sendForm(request, reply, { list, values: valuesOf(list), messages: {} });
  },
};

/** POST /admin/newsletters/lists/:slug */
export const saveList: Route<{ Params: z.output<typeof params>; Body: ListBody }> = {
  method: "POST",
  url: ROUTE,
  schema: { params, body },
  onRequest: adminOnly("edit"),
  async handler(request, reply) {
    return save(request, reply, await request.server.services.newsletters.getNewsletter(request.params.slug));
  },
};

async function save(request: FastifyRequest<{ Body: ListBody }>, reply: FastifyReply, list: Newsletter | null): Promise<FastifyReply> {
  const { services, transaction } = request.server;
  const read = readList(request.body, list);
  if (read.kind === "wrong") return sendForm(request, reply, { list, values: request.body, messages: read.messages });
  const saved = await transaction(async (tx) => {
    purgeOnCommit(tx, ["newsletters"]);
    return services.newsletters.saveNewsletter(tx, list?.id ?? null, read.settings, adminOf(request).userId);
  });
  const messages = { slug: "Another list has this address." };
  if (saved.kind === "slug-taken") return sendForm(request, reply, { list, values: request.body, messages });
  return reply.redirect(withNotice("/admin/newsletters", "newsletter-list-saved"), 303);
}

type Read = { kind: "read"; settings: NewsletterSettings } | { kind: "wrong"; messages: Readonly<Record<string, string>> };

function readList(values: ListBody, list: Newsletter | null): Read {
  const line = (words: string) => words.replaceAll(/\p{Cc}+/gu, " ").trim();
  const [name, senderName, slug] = [line(values.name), line(values.senderName), list?.slug ?? line(values.slug).toLowerCase()];
  const digestWeekday = values.digest === "" ? null : Number(values.digest);
  const messages: Record<string, string> = {};
  if (name === "" || name.length > 100) messages["name"] = "A name of up to 100 characters.";
  if (senderName.length > 60) messages["senderName"] = "Up to 60 characters.";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 60 || (list === null && RESERVED.has(slug)))
    messages["slug"] = "Small letters and digits with hyphens between them, as house-letter, and no word that is in use.";
  if (values.description.length > 500) messages["description"] = "Up to 500 characters.";
  if (digestWeekday !== null && !(Number.isInteger(digestWeekday) && digestWeekday >= 1 && digestWeekday <= 7))
    messages["digest"] = "Choose a day.";
  if (Object.keys(messages).length > 0) return { kind: "wrong", messages };
  const groupName = line(values.group) || null;
  return {
    kind: "read",
    settings: { name, slug, description: values.description.trim(), isOpen: values.open === "yes", groupName, senderName, digestWeekday },
  };
}

const valuesOf = (list: Newsletter): ListBody => ({
  ...{ name: list.name, slug: list.slug, description: list.description, open: list.isOpen ? "yes" : "no" },
  ...{ group: list.groupName ?? "", senderName: list.senderName, digest: String(list.digestWeekday ?? "") },
});

interface Form {
  list: Newsletter | null;
  values: ListBody;
  messages: Readonly<Record<string, string>>;
}

async function sendForm(request: FastifyRequest, reply: FastifyReply, form: Form): Promise<FastifyReply> {
  if (Object.keys(form.messages).length > 0) reply.code(422);
  const groups = await request.server.services.writing.listGroups();
  return reply.page("admin/newsletters/list.html", { menu: menuOf(request), ...form, groups });
}
