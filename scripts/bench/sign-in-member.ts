import { openDb } from "@rose-ash/shared/infrastructure/db.ts";
import { hashToken, randomDeviceSecret, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { App } from "@rose-ash/shared/models/apps.ts";
import { devices, sessions, users } from "@rose-ash/shared/models/identity.ts";
import type { DeviceId, ProviderSessionId } from "@rose-ash/shared/models/ids.ts";
import { asc } from "drizzle-orm";

/** Puts a session of the first member into the database; the cookies of the browser that has it. */
export async function signInMember(databaseUrl: string, app: App): Promise<string> {
  const db = openDb(databaseUrl, 1);
  const [member] = await db.select({ id: users.id }).from(users).orderBy(asc(users.id)).limit(1);
  if (!member) throw new Error("nobody is a member yet");
  const [token, secret] = [randomToken(), randomDeviceSecret()];
  const deviceId = hashToken(secret) as DeviceId;
  await db.insert(devices).values({ id: deviceId });
  await db.insert(sessions).values({
    tokenHash: hashToken(token),
    app,
    userId: member.id,
    providerSession: randomToken() as ProviderSessionId,
    deviceId,
    expiresAt: new Date(Date.now() + 3_600_000),
  });
  await db.close();
  return `rose_session=${token}; rose_device=${secret}`;
}
