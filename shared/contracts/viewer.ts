import type { DeviceId, ProviderSessionId, UserId } from "../models/ids.ts";

/** Who asks. A guest is known at most by the browser. */
export type Viewer = Guest | Member;

/** Somebody who has not signed in; deviceId null: a browser that has no cookie of ours yet. */
export interface Guest {
  kind: "guest";
  deviceId: DeviceId | null;
}

/**
 * Somebody signed in at this app. timeZone, language: as they chose, an IANA name and a BCP 47 tag; "" or absent where it is the
 * site's.
 */
export interface Member {
  kind: "member";
  userId: UserId;
  handle: string;
  name: string;
  deviceId: DeviceId | null;
  providerSession: ProviderSessionId;
  timeZone?: string | undefined;
  language?: string | undefined;
}
