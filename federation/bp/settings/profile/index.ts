import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import type { FastifyPluginAsync, FastifyReply } from "fastify";
import { memberOf } from "../member.ts";
import { settingsPage } from "../page.ts";
import { type FormError, type ProfileForm, pairsOf, profileForm, readForm } from "./form.ts";
import { saveProfileOf } from "./save.ts";

const showProfileForm: Route = {
  method: "GET",
  url: "/settings/profile",
  async handler(request, reply) {
    const { userId, handle } = memberOf(request);
    const { name, bio, isLocked, isFindable, fields } = await request.server.services.people.findOwnProfile(userId);
    const form = {
      name,
      bio,
      locked: isLocked ? "yes" : "no",
      findable: isFindable ? "yes" : "no",
      fieldName: fields.map((one) => one.name),
      fieldValue: fields.map((one) => one.value),
    } as const;
    return showForm(reply, handle, form, []);
  },
};

/** POST /settings/profile: from then on everybody may know the member so, and followers' servers are told. */
const saveProfile: Route<{ Body: ProfileForm }> = {
  method: "POST",
  url: "/settings/profile",
  schema: { body: profileForm },
  async handler(request, reply) {
    const { userId, handle } = memberOf(request);
    const { server } = request;
    const read = readForm(request.body);
    if (read.kind === "bad") return showForm(reply.code(422), handle, request.body, read.errors);
    await saveProfileOf(server, { userId, handle }, read.profile);
    return reply.redirect(withNotice("/settings/profile", "profile-saved"), 303);
  },
};

function showForm(reply: FastifyReply, handle: string, form: ProfileForm, errors: readonly FormError[]): Promise<FastifyReply> {
  const messages = Object.fromEntries(errors.map(({ field, message }) => [field, message]));
  return settingsPage(reply, "Profile", "profile/show.html", { handle, form, pairs: pairsOf(form), errors: messages, list: errors });
}

/** How a member shows themselves. */
export const profile: FastifyPluginAsync = async (app) => {
  app.route(showProfileForm);
  app.route(saveProfile);
};
