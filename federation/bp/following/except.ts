import type { Route } from "@rose-ash/shared/infrastructure/http/index.ts";
import { withNotice } from "@rose-ash/shared/infrastructure/notices.ts";
import { type TargetRequest, targetBody, targetOf } from "../people/target.ts";

/** POST /following/exceptions: the member does not follow them, whatever rules derive. */
export const exceptSomebody: Route<TargetRequest> = {
  method: "POST",
  url: "/following/exceptions",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person, next } = await targetOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.people.except(tx, own.uri, person.uri, true));
    return reply.redirect(withNotice(next, "excepted"), 303);
  },
};

/** POST /following/exceptions/end: rules may derive it again. */
export const endException: Route<TargetRequest> = {
  method: "POST",
  url: "/following/exceptions/end",
  schema: { body: targetBody },
  async handler(request, reply) {
    const { own, person, next } = await targetOf(request);
    const { services, transaction } = request.server;
    await transaction((tx) => services.people.except(tx, own.uri, person.uri, false));
    return reply.redirect(withNotice(next, "exception-ended"), 303);
  },
};
