import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { hashToken, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { ClientId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyReply } from "fastify";
import { z } from "zod";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";
import { appForm, type FormError, readForm } from "./form.ts";
import { keepSecret } from "./one-time-secret.ts";

const KINDS = ["server", "public"] as const;
const body = appForm.extend({ kind: z.enum(KINDS).default("server") });
type Body = z.output<typeof body>;
const EMPTY: Body = { name: "", redirects: "", logouts: "", backchannel: "", kind: "server" };

export const showRegister: Route = {
  method: "GET",
  url: "/settings/apps/new",
  handler: (_request, reply) => showForm(reply, EMPTY, []),
};

/** POST /settings/apps/new: registers an app; the secret of one that has a server is shown once, on its page. */
export const register: Route<{ Body: Body }> = {
  method: "POST",
  url: "/settings/apps/new",
  schema: { body },
  async handler(request, reply) {
    const viewer = memberOf(request);
    const { services, transaction } = request.server;
    const read = readForm(request.server, request.body);
    if (read.kind === "bad") return showForm(reply.code(422), request.body, read.errors);
    const secret = request.body.kind === "server" ? randomToken() : null;
    const clientId = randomToken().slice(0, 22) as ClientId;
    const client = { ...read.details, clientId, ownerId: viewer.userId, secretHash: secret === null ? null : hashToken(secret) };
    const { kind } = await transaction((tx) => services.oauthClients.registerClient(tx, client));
    if (kind === "too-many") {
      const message = "You have 20 apps, which is as many as one member can have. Remove one that is no longer used.";
      return showForm(reply.code(422), request.body, [{ field: "name", message }]);
    }
    if (secret !== null) await keepSecret(request, reply, clientId, secret);
    return reply.redirect(withNotice(`/settings/apps/${clientId}`, "app-saved"), 303);
  },
};

function showForm(reply: FastifyReply, form: Body, errors: FormError[]): Promise<FastifyReply> {
  return settingsPage(reply, "Your apps", "apps/register.html", { form, errors: withFields(errors), list: errors });
}

/** The message of each field by its name. */
function withFields(errors: FormError[]): Record<string, string> {
  return Object.fromEntries(errors.map(({ field, message }) => [field, message]));
}
