import { eq } from "drizzle-orm";
import type { Tx } from "../../contracts/tx.ts";
import type { Db } from "../../infrastructure/db.ts";
import { devices } from "../../models/identity.ts";
import type { DeviceId } from "../../models/ids.ts";

/** When somebody last signed in with this browser; null for unknown ones and after a sign-out. */
export async function findDeviceSignIn(db: Db, deviceId: DeviceId): Promise<Date | null> {
  const [device] = await db.select({ signedInAt: devices.signedInAt }).from(devices).where(eq(devices.id, deviceId));
  return device?.signedInAt ?? null;
}

/** Makes the device's row if it is not there. */
export async function keepDevice(tx: Tx, deviceId: DeviceId): Promise<void> {
  await tx.insert(devices).values({ id: deviceId }).onConflictDoNothing();
}
