import type { KeptProfile } from "@rose-ash/shared/contracts/members.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { FastifyReply, FastifyRequest } from "fastify";
import { accountPage } from "../../sections.ts";
import { memberOf } from "../member.ts";
import type { ProfileForm } from "./form.ts";
import { optionsOf } from "./options.ts";
import { listWaysIn } from "./ways-in.ts";

/** GET /profile: what a member says about themselves, and how they get in. */
export const showProfile: Route = {
  method: "GET",
  url: "/profile",
  async handler(request, reply) {
    const profile = await request.server.services.members.getProfile(memberOf(request));
    return profilePage(request, reply, { profile, form: { ...profile }, errors: [], theirs: null });
  },
};

interface Shown {
  /** As it is kept. */
  readonly profile: KeptProfile;
  /** As it stands in the form. */
  readonly form: Omit<ProfileForm, "diets" | "avoids"> & { readonly diets: readonly string[]; readonly avoids: readonly string[] };
  readonly errors: readonly { field: string; message: string }[];
  /** What was saved elsewhere meanwhile; null: nothing. */
  readonly theirs: readonly { name: string; words: string }[] | null;
}

export async function profilePage(request: FastifyRequest, reply: FastifyReply, shown: Shown): Promise<FastifyReply> {
  const { services, publicUrl, runtime } = request.server;
  const waysIn = await listWaysIn(services, publicUrl, memberOf(request));
  const messages = Object.fromEntries(shown.errors.map(({ field, message }) => [field, message]));
  return accountPage(reply, "profile/show.html", { ...shown, waysIn, messages, options: optionsOf(runtime.site) });
}
