import type { DeviceId, ProviderSessionId, UserId } from "../models/ids.ts";

/** Who asks. A guest is known at most by the browser. */
export type Viewer = Guest | Member;

export interface Guest {
  kind: "guest";
  deviceId: DeviceId | null;
}

export interface Member {
  kind: "member";
  userId: UserId;
  handle: string;
  name: string;
  deviceId: DeviceId | null;
  providerSession: ProviderSessionId;
}
