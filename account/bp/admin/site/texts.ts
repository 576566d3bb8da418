import type { SiteText } from "@rose-ash/shared/contracts/site.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import { compareTexts, type Part } from "@rose-ash/shared/infrastructure/compare-texts.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { MAX_LIGHT_TEXT } from "@rose-ash/shared/infrastructure/light-text.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { AGREED_TEXTS, SITE_TEXTS, type SiteTextKind } from "@rose-ash/shared/models/site.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { TEXT_NAMES } from "../../texts/words.ts";
import { type AnyForm, anyForm, type FormError, lineOf, messagesOf } from "../form.ts";
import { tabsOf } from "./tabs.ts";

const HINTS: Readonly<Record<SiteTextKind, string>> = {
  imprint: "Who is behind the site: name, address, who speaks for it, how it is reached.",
  privacy: "What the site knows of people, what for, how long, and what they can ask for. Members and buyers agree to it.",
  terms: "What holds between the co-operative and who buys or joins. Members and buyers agree to it.",
};

/** GET /admin/site/texts: which texts there are. */
export const listTexts: Route = {
  method: "GET",
  url: "/admin/site/texts",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { site } = request.server.services;
    const texts = SITE_TEXTS.map(async (kind) => {
      const [newest = null] = await site.listVersions(kind);
      return { kind, name: TEXT_NAMES[kind], hint: HINTS[kind], newest };
    });
    const [listed, tabs] = await Promise.all([Promise.all(texts), tabsOf(request, "texts")]);
    return reply.page("admin/site/texts.html", { menu: menuOf(request), tabs, texts: listed });
  },
};

const params = z.object({ kind: z.enum(SITE_TEXTS) });
type Params = z.output<typeof params>;
const URL = `/admin/site/texts/:kind(^(${SITE_TEXTS.join("|")})$)`;

/** GET /admin/site/texts/terms: the text of now, to be written anew. */
export const showText: Route<{ Params: Params }> = {
  method: "GET",
  url: URL,
  schema: { params },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const now = await request.server.services.site.findText(request.params.kind, null);
    return sendText(request, reply, { typed: now?.text ?? "", changes: "", after: now?.version ?? 0, errors: [], parts: null });
  },
};

/** POST /admin/site/texts/terms: a new version, public at once. */
export const publishText: Route<{ Params: Params; Body: AnyForm }> = {
  method: "POST",
  url: URL,
  schema: { params, body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const { kind } = request.params;
    const typed = (request.body["text"] ?? "").replaceAll("\u0000", "").replaceAll("\r\n", "\n").trim();
    const changes = lineOf(request.body, "changes").replaceAll(/[\r\n]+/g, " ");
    const after = Number(lineOf(request.body, "after")) || 0;
    const errors = errorsIn(typed, changes, after);
    const again = { typed, changes, after, errors, parts: null };
    if (errors.length > 0) return sendText(request, reply.code(422), again);
    const by = adminOf(request).userId;
    const done = await transaction((tx) => services.site.publishText(tx, kind, { text: typed, changes, after, by }));
    if (done.kind === "conflict") return sendText(request, reply.code(409), { ...again, ...againstOther(done.now, typed) });
    await runtime.siteKeeper.refresh();
    return reply.redirect(withNotice("/admin/site/texts", "saved"), 303);
  },
};

function errorsIn(text: string, changes: string, after: number): FormError[] {
  const errors: FormError[] = [];
  if (text.length < 10) errors.push({ field: "text", message: "There is nothing in it yet." });
  if (text.length > MAX_LIGHT_TEXT)
    errors.push({ field: "text", message: `At most ${MAX_LIGHT_TEXT} characters; this has ${text.length}.` });
  if (after > 0 && changes === "")
    errors.push({ field: "changes", message: "Say in a line what is new: whoever agreed to the one before reads it." });
  if (changes.length > 300) errors.push({ field: "changes", message: "At most 300 characters." });
  return errors;
}

function againstOther(now: SiteText | null, typed: string): { after: number; parts: readonly Part[] } {
  return { after: now?.version ?? 0, parts: compareTexts(now?.text ?? "", typed) };
}

interface Sent {
  readonly typed: string;
  readonly changes: string;
  readonly after: number;
  readonly errors: readonly FormError[];
  /** What is different from a version that somebody published meanwhile; null: nobody did. */
  readonly parts: readonly Part[] | null;
}

async function sendText(request: FastifyRequest<{ Params: Params }>, reply: FastifyReply, sent: Sent): Promise<FastifyReply> {
  const { kind } = request.params;
  const tabs = await tabsOf(request, "texts");
  const isAgreed = AGREED_TEXTS.some((one) => one === kind);
  const own = { kind, name: TEXT_NAMES[kind], hint: HINTS[kind], isAgreed, messages: messagesOf(sent.errors) };
  return reply.page("admin/site/text.html", { menu: menuOf(request), tabs, ...own, ...sent });
}
