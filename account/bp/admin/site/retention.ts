import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { RETENTION, RETENTION_KEYS, type RetentionKey, retentionOf } from "@rose-ash/shared/models/retention.ts";
import type { RetentionChoices } from "@rose-ash/shared/models/site.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnyForm, anyForm, type Difference, differencesOf, type FormError, lineOf, messagesOf } from "../form.ts";
import { tabsOf } from "./tabs.ts";

/** GET /admin/site/retention: how long things stay, and what was taken away lately. */
export const showRetention: Route = {
  method: "GET",
  url: "/admin/site/retention",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { value, state } = await request.server.services.site.getSection("retention");
    return sendRetention(request, reply, { form: formOf(request, value), state, errors: [], differences: [] });
  },
};

/** POST /admin/site/retention: below what the law or the site wants nothing is taken. */
export const saveRetention: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: "/admin/site/retention",
  schema: { body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const form = request.body;
    const state = lineOf(form, "state");
    const errors = RETENTION_KEYS.flatMap((key) => errorIn(key, lineOf(form, key)));
    if (errors.length > 0) return sendRetention(request, reply.code(422), { form, state, errors, differences: [] });
    const value: RetentionChoices = Object.fromEntries(RETENTION_KEYS.map((key) => [key, Number(lineOf(form, key))]));
    const by = adminOf(request).userId;
    const saved = await transaction((tx) => services.site.saveSection(tx, "retention", { value, state, by }));
    if (saved.kind === "conflict") {
      const now = formOf(request, saved.now.value);
      const fields = RETENTION_KEYS.map((key) => ({ label: RETENTION[key].name, now: now[key] ?? "", typed: lineOf(form, key) }));
      return sendRetention(request, reply.code(409), { form, state: saved.now.state, errors: [], differences: differencesOf(fields) });
    }
    return reply.redirect(withNotice("/admin/site/retention", "saved"), 303);
  },
};

function errorIn(key: RetentionKey, typed: string): FormError[] {
  const { least, most, unit, why } = RETENTION[key];
  const stay = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
  if (stay >= least && stay <= most) return [];
  return [{ field: key, message: `${least} to ${most} ${unit}. ${why}` }];
}

function formOf({ server }: FastifyRequest, chosen: RetentionChoices): AnyForm {
  const { ACTIVITY_KEEP_DAYS } = server.runtime.config;
  return Object.fromEntries(
    RETENTION_KEYS.map((key) => [key, String(retentionOf(key, chosen, key === "activities" ? ACTIVITY_KEEP_DAYS : undefined))]),
  );
}

interface Sent {
  readonly form: AnyForm;
  readonly state: string;
  readonly errors: readonly FormError[];
  readonly differences: readonly Difference[];
}

async function sendRetention(request: FastifyRequest, reply: FastifyReply, sent: Sent): Promise<FastifyReply> {
  const [tabs, runs] = await Promise.all([tabsOf(request, "retention"), request.server.services.retention.listRuns()]);
  const kinds = RETENTION_KEYS.map((key) => ({ key, ...RETENTION[key] }));
  const done = runs.map((run) => ({ ...run, name: kinds.find(({ key }) => key === run.what)?.name ?? run.what }));
  return reply.page("admin/site/retention.html", {
    menu: menuOf(request),
    tabs,
    kinds,
    runs: done,
    messages: messagesOf(sent.errors),
    ...sent,
  });
}
