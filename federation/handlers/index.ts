import type { Services } from "@rose-ash/shared/contracts/services.ts";
import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type Provider from "oidc-provider";
import { tellAppOfSignOut } from "./tell-app-of-sign-out.ts";
import { tellOfNewMember } from "./tell-of-new-member.ts";

/** What federation does about activities. */
export function makeHandlers(services: Services, findProvider: () => Provider): readonly ActivityHandler[] {
  return [tellOfNewMember(services), tellAppOfSignOut(findProvider)];
}
