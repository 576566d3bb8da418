import type { KeptProfile } from "@rose-ash/shared/contracts/members.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { memberOf } from "../member.ts";
import { type ProfileForm, profileForm, readForm } from "./form.ts";
import { profilePage } from "./show.ts";

/** POST /profile: saved over what the member saw, and over nothing else: what another device saved meanwhile is shown beside theirs. */
export const saveProfile: Route<{ Body: ProfileForm }> = {
  method: "POST",
  url: "/profile",
  schema: { body: profileForm },
  async handler(request, reply) {
    const { services, transaction } = request.server;
    const userId = memberOf(request);
    const read = readForm(request.body);
    if (read.kind === "bad") {
      const profile = await services.members.getProfile(userId);
      return profilePage(request, reply.code(422), { profile, form: request.body, errors: read.errors, theirs: null });
    }
    const saving = await transaction((tx) => services.members.saveProfile(tx, userId, read.profile, request.body.seen));
    if (saving.kind === "saved") return reply.redirect(withNotice("/profile", "saved"), 303);
    const form = { ...request.body, seen: saving.now.seen };
    return profilePage(request, reply.code(409), { profile: saving.now, form, errors: [], theirs: differences(saving.now, request.body) });
  },
};

const LABELS = [
  ["name", "Name"],
  ["pronouns", "Pronouns"],
  ["language", "Language"],
  ["timeZone", "Time zone"],
  ["diets", "How you eat"],
  ["avoids", "What you avoid"],
] as const;

/** What is kept now where it is not what was typed. */
function differences(now: KeptProfile, typed: ProfileForm): { name: string; words: string }[] {
  const wordsOf = (value: string | readonly string[]) => [value].flat().toSorted().join(", ");
  return LABELS.filter(([key]) => wordsOf(now[key]) !== wordsOf(typed[key])).map(([key, name]) => ({
    name,
    words: wordsOf(now[key]) || "nothing",
  }));
}
