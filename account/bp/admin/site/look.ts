import type { SiteLook, Stated } from "@rose-ash/shared/contracts/site.ts";
import { adminOf, adminOnly, menuOf } from "@rose-ash/shared/infrastructure/admin/index.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { MediaId } from "@rose-ash/shared/models/ids.ts";
import { OWN_COLOURS, type SiteColours, tokensOf } from "@rose-ash/shared/models/site-colours.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type AnyForm, anyForm, type Difference, differencesOf, type FormError, lineOf, messagesOf } from "../form.ts";
import { COLOUR_FIELDS, colourName, NO_PICTURE, readLook } from "./read-look.ts";
import { tabsOf } from "./tabs.ts";

/** GET /admin/site: what the site is called, its logo and its colours. */
export const showLook: Route = {
  method: "GET",
  url: "/admin/site",
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const stated = await request.server.services.site.getSection("look");
    return sendLook(request, reply, { form: formOf(request, stated), state: stated.state, errors: [], differences: [] });
  },
};

/** POST /admin/site. Colours that can't be read are refused; whoever saves second is shown what the first one changed. */
export const saveLook: Route<{ Body: AnyForm }> = {
  method: "POST",
  url: "/admin/site",
  schema: { body: anyForm },
  onRequest: adminOnly("operate"),
  async handler(request, reply) {
    const { services, transaction, runtime } = request.server;
    const form = request.body;
    const state = lineOf(form, "state");
    const { look, errors } = readLook(form, runtime.site.configured);
    const all = [...errors, ...(await pictureErrors(request, look.logoId, errors))];
    if (all.length > 0) return sendLook(request, reply.code(422), { form, state, errors: all, differences: [] });
    const by = adminOf(request).userId;
    const saved = await transaction((tx) => services.site.saveSection(tx, "look", { value: look, state, by }));
    if (saved.kind === "conflict") {
      const differences = await differencesIn(request, formOf(request, saved.now), form);
      return sendLook(request, reply.code(409), { form, state: saved.now.state, errors: [], differences });
    }
    await runtime.siteKeeper.refresh();
    return reply.redirect(withNotice("/admin/site", "saved"), 303);
  },
};

/** A logo is a picture that the library has looked at: no other file, and no address of one. */
async function pictureErrors(request: FastifyRequest, logoId: MediaId | null, before: readonly FormError[]): Promise<FormError[]> {
  if (logoId === null || before.some(({ field }) => field === "logoId")) return [];
  return (await findPicture(request, logoId)) === null ? [{ field: "logoId", message: NO_PICTURE }] : [];
}

async function findPicture({ server }: FastifyRequest, id: MediaId) {
  const items = await server.services.media.listPicturesToChoose("", id);
  return items.find((item) => item.id === id && item.kind === "picture") ?? null;
}

function formOf({ server }: FastifyRequest, { value }: Stated<SiteLook>): AnyForm {
  const own = server.runtime.site.configured;
  return {
    ...{ name: value.name ?? own.name, tagline: value.tagline ?? own.tagline, logoId: String(value.logoId ?? "") },
    ...{ hasColours: value.colours === null ? "" : "yes", ...(value.colours ?? OWN_COLOURS) },
  };
}

async function differencesIn(request: FastifyRequest, now: AnyForm, typed: AnyForm): Promise<readonly Difference[]> {
  const pictureName = async (id: string | undefined) => {
    if (!id) return "None";
    const item = await findPicture(request, Number(id) as MediaId);
    return item === null ? "None" : item.alt || item.name || "Without a name";
  };
  const colours = COLOUR_FIELDS.map((field) => ({ label: colourName(field), now: now[field] ?? "", typed: typed[field] ?? "" }));
  const yesNo = (form: AnyForm) => (form["hasColours"] === "yes" ? "Yes" : "No");
  return differencesOf([
    { label: "Name", now: now["name"] ?? "", typed: lineOf(typed, "name") },
    { label: "What it is, in a line", now: now["tagline"] ?? "", typed: lineOf(typed, "tagline") },
    { label: "Logo", now: await pictureName(now["logoId"]), typed: await pictureName(typed["logoId"]) },
    { label: "Colours of its own", now: yesNo(now), typed: yesNo(typed) },
    ...(yesNo(now) === "Yes" || yesNo(typed) === "Yes" ? colours : []),
  ]);
}

interface Sent {
  readonly form: AnyForm;
  readonly state: string;
  readonly errors: readonly FormError[];
  readonly differences: readonly Difference[];
}

async function sendLook(request: FastifyRequest, reply: FastifyReply, { form, state, errors, differences }: Sent): Promise<FastifyReply> {
  const { services, publicUrl } = request.server;
  const logoId = /^[1-9]\d{0,14}$/.test(form["logoId"] ?? "") ? (Number(form["logoId"]) as MediaId) : null;
  const [tabs, pictures] = await Promise.all([tabsOf(request, "look"), services.media.listPicturesToChoose("", logoId)]);
  return reply.page("admin/site/look.html", {
    ...{ menu: menuOf(request), tabs, form, state, errors, differences, messages: messagesOf(errors) },
    ...{ pictures, logoId: logoId ?? 0, libraryUrl: publicUrl("blog", "/admin/media") },
    colours: COLOUR_FIELDS.map((field) => ({ field, label: colourName(field) })),
    previews: previewsOf(form),
  });
}

/** How the typed colours come out, where they are colours. */
function previewsOf(form: AnyForm) {
  const typed = Object.fromEntries(COLOUR_FIELDS.map((field) => [field, (form[field] ?? "").toLowerCase()])) as unknown as SiteColours;
  const isWhole = COLOUR_FIELDS.every((field) => /^#[0-9a-f]{6}$/.test(typed[field]));
  const colours = isWhole && form["hasColours"] === "yes" ? typed : OWN_COLOURS;
  return (["light", "dark"] as const).map((scheme) => ({ scheme, tokens: tokensOf(colours, scheme) }));
}
