import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { UserId } from "@rose-ash/shared/models/ids.ts";
import type { FastifyInstance } from "fastify";
import type { AuthorizationCode, FindAccount } from "oidc-provider";
import { listHeldRoles } from "../roles.ts";
import { isFirstParty } from "./clients.ts";

/** Which claims a scope gives. */
export const CLAIMS = {
  openid: ["sub", "provider_session"],
  profile: ["name", "preferred_username"],
  email: ["email", "email_verified"],
  roles: ["roles"],
};

/** provider_session lets an app end the whole sign-in; for our own apps only. */
export function findAccount({ services }: FastifyInstance): FindAccount {
  return async (ctx, sub, token) => {
    const person = await services.identity.findPerson(Number(sub) as UserId);
    if (person === null) return undefined;
    const session = isFirstParty(ctx.oidc.client?.clientId) ? sessionOf(token) : {};
    return {
      accountId: sub,
      claims: async (_use, scope) => {
        const { name, handle, email, isEmailVerified } = person;
        const mail = email === null ? {} : { email, email_verified: isEmailVerified };
        return { sub, ...session, name, preferred_username: handle, ...mail, ...(await rolesFor(services, person.userId, scope)) };
      },
    };
  };
}

/** As "member", "admin", "steward:market". Looked up only when they are wanted; the provider itself leaves out what the scopes do not give. */
async function rolesFor({ relations }: Services, userId: UserId, scope: string): Promise<{ roles?: string[] }> {
  if (!scope.split(" ").includes("roles")) return {};
  return {
    roles: (await listHeldRoles(relations, userId)).map((held) => (held.scope === "site" ? held.role : `${held.role}:${held.scope}`)),
  };
}

function sessionOf(token: object | undefined): { provider_session?: string } {
  const { sessionUid } = (token ?? {}) as Partial<AuthorizationCode>;
  return sessionUid === undefined ? {} : { provider_session: sessionUid };
}
