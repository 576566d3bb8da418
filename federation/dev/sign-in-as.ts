import { CodedError } from "@rose-ash/shared/contracts/errors.ts";
import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";
import { finishSignIn, getInteraction, uidParams } from "../bp/sign-in/interaction.ts";

const body = z.object({ user: z.coerce.number().int().positive() });

/** POST /sign-in/:uid/as: signs in as anybody, with one click. Below /sign-in/:uid, where the interaction's cookie is sent. */
export const signInAs: Route<{ Params: z.output<typeof uidParams>; Body: z.output<typeof body> }> = {
  method: "POST",
  url: "/sign-in/:uid/as",
  schema: { params: uidParams, body },
  async handler(request, reply) {
    await getInteraction(request, reply);
    const person = await request.server.services.identity.findPerson(request.body.user as UserId);
    if (person === null) throw new CodedError("not-found", "Nobody has this number.");
    return finishSignIn(request, reply, person.userId, "link");
  },
};
