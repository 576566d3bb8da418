import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import { tellOfNewMember } from "./tell-of-new-member.ts";

/** What federation does about activities. */
export function makeHandlers(services: Services): readonly ActivityHandler[] {
  return [tellOfNewMember(services)];
}
