import { eq } from "drizzle-orm";
import type { ClientApiService } from "../../contracts/client-api.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { clientApps } from "../../models/client-api.ts";

type Apps = Pick<ClientApiService, "registerApp" | "findApp">;

/** The columns of a ClientApp. */
export const APP = {
  id: clientApps.id,
  clientId: clientApps.clientId,
  name: clientApps.name,
  website: clientApps.website,
  redirectUris: clientApps.redirectUris,
  scopes: clientApps.scopes,
};

export function makeApps({ db, clock }: ServiceDeps): Apps {
  return {
    async registerApp(tx, { redirectUris, scopes, ...app }) {
      const values = { ...app, redirectUris: [...redirectUris], scopes: [...scopes], createdAt: clock.now() };
      const [made] = await tx.insert(clientApps).values(values).returning(APP);
      if (made === undefined) throw new Error("an app was inserted and is not there");
      return made;
    },
    async findApp(clientId) {
      const [app] = await db
        .select({ ...APP, secretHash: clientApps.secretHash })
        .from(clientApps)
        .where(eq(clientApps.clientId, clientId));
      return app ?? null;
    },
  };
}
