import { hashToken, randomDeviceSecret, randomToken } from "../../shared/infrastructure/keys/index.ts";
import type { App } from "../../shared/models/apps.ts";
import { oidcPayloads } from "../../shared/models/identity.ts";
import type { DeviceId, ProviderSessionId, UserId } from "../../shared/models/ids.ts";
import type { TestApp } from "../app.ts";

/** The cookies of a browser in which this member is signed in at the app. */
export async function signedIn({ app, services }: TestApp, name: App, userId: UserId): Promise<Record<string, string>> {
  const { session, device } = app.sessionCookies;
  const token = randomToken();
  const secret = randomDeviceSecret();
  const deviceId = hashToken(secret) as DeviceId;
  const providerSession = randomToken() as ProviderSessionId;
  const browser = "Firefox on Linux";
  const expiresAt = new Date(Date.now() + 3_600_000);
  await app.transaction(async (tx) => {
    await tx.insert(oidcPayloads).values({ kind: "Session", id: providerSession, uid: providerSession, payload: {}, expiresAt });
    await services.identity.keepDevice(tx, deviceId);
    await services.identity.startSession(tx, {
      tokenHash: hashToken(token),
      app: name,
      userId,
      providerSession,
      deviceId,
      browser,
      expiresAt,
    });
  });
  return { [session.name]: token, [device.name]: secret };
}
