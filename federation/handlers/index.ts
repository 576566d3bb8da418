import type { ActivityHandler } from "@rose-ash/shared/infrastructure/activities/index.ts";
import type { FastifyInstance } from "fastify";
import { forgetMember } from "./forget-person.ts";
import { importPeople } from "./import-people.ts";
import { notifyMembers } from "./notify-members.ts";
import { receive } from "./receive/index.ts";
import { tellAppOfSignOut } from "./tell-app-of-sign-out.ts";
import { tellMemberOfVerdict } from "./tell-member-of-verdict.ts";
import { tellOfComment } from "./tell-of-comment.ts";
import { tellOfDrift } from "./tell-of-drift.ts";
import { tellOfNewMember } from "./tell-of-new-member.ts";
import { tellOfPoll } from "./tell-of-poll.ts";
import { tellOfProfile } from "./tell-of-profile.ts";
import { tellOfProposals } from "./tell-of-proposals.ts";
import { tellStewards } from "./tell-stewards.ts";
import { tellTheWorld } from "./tell-the-world.ts";
import { verifyLinks } from "./verify-links.ts";

/** What federation does about activities. */
export function makeHandlers(app: FastifyInstance): readonly ActivityHandler[] {
  const { services, fediverse, publicUrl, transaction, runtime } = app;
  return [
    tellOfNewMember(services),
    tellOfDrift(services),
    tellOfProposals(services),
    tellAppOfSignOut(() => app.provider),
    tellOfComment({ services, fediverse, publicUrl }),
    tellStewards(services),
    tellMemberOfVerdict(services),
    tellTheWorld({ services, fediverse, publicUrl }),
    tellOfProfile(app),
    notifyMembers(app),
    tellOfPoll({ services, fediverse, clock: runtime.clock }, transaction),
    importPeople(app),
    forgetMember(app),
    verifyLinks({ services, fediverse, clock: runtime.clock }, transaction),
    receive({ services, fediverse, publicUrl, clock: runtime.clock }, transaction),
  ];
}
