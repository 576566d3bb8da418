import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { z } from "zod";
import { showConsent } from "./consent.ts";
import { getInteraction, uidParams } from "./interaction.ts";
import type { StartPage } from "./start-page.ts";

/** GET /sign-in/:uid: who are you, or, when the provider knows: may this app come in? */
export const showStart = (startPage: StartPage): Route<{ Params: z.output<typeof uidParams> }> => ({
  method: "GET",
  url: "/sign-in/:uid",
  schema: { params: uidParams },
  async handler(request, reply) {
    const interaction = await getInteraction(request, reply);
    if (interaction.asksFor === "consent") return showConsent(request, reply, interaction);
    return startPage(reply, interaction, { email: "", errors: [] });
  },
});
