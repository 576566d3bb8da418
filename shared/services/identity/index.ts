import type { Tombstones } from "../../contracts/erasures.ts";
import type { IdentityService } from "../../contracts/identity.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { findDeviceSignIn, keepDevice } from "./devices.ts";
import { findPublicPerson } from "./find-public-person.ts";
import { forgetExpired } from "./forget-expired.ts";
import { findPerson, findPersonByEmail, listPeople } from "./people.ts";
import { makeSearchPeople } from "./search-people.ts";
import { listSecurityEvents, noteSecurityEvent } from "./security-events.ts";
import { endSessions, prepareFindSession, startSession } from "./sessions.ts";
import { createSignInLink, openSignInLink, redeemCode, redeemLink } from "./sign-in-links.ts";
import { endOtherSignIns, endSignIn, listSignIns } from "./sign-ins.ts";
import { welcome } from "./welcome.ts";
import { withinLimit } from "./within-limit.ts";

/** People, browsers and sessions, from PostgreSQL. */
export function makeIdentityService(deps: ServiceDeps, { tombstones }: { tombstones: Pick<Tombstones, "erasedHandles"> }): IdentityService {
  const { db, clock } = deps;
  return {
    ...makeSearchPeople(deps),
    findSession: prepareFindSession(db, clock),
    findDeviceSignIn: (deviceId) => findDeviceSignIn(db, deviceId),
    findPerson: (userId) => findPerson(db, userId),
    findPersonByEmail: (email) => findPersonByEmail(db, email),
    findPublicPerson: (handle) => findPublicPerson(deps, handle),
    listPeople: () => listPeople(db),
    keepDevice,
    startSession: (tx, session) => startSession(tx, session, clock.now()),
    endSessions: (tx, providerSession) => endSessions(tx, providerSession, clock.now()),
    listSignIns: (userId) => listSignIns(db, userId, clock.now()),
    endSignIn: (tx, userId, providerSession) => endSignIn(tx, userId, providerSession, clock.now()),
    endOtherSignIns: (tx, userId, kept) => endOtherSignIns(tx, userId, kept, clock.now()),
    noteSignIn: (tx, userId, { interactionUid: id, browser: name }) => noteSecurityEvent(tx, userId, "signed-in", { id, name }),
    listSecurityEvents: (userId) => listSecurityEvents(db, userId),
    createSignInLink,
    openSignInLink: (tokenHash, now) => openSignInLink(db, tokenHash, now),
    redeemLink,
    redeemCode,
    welcome: (tx, email, name) => welcome(tx, { email, name, now: clock.now() }, tombstones),
    withinLimit,
    forgetExpired,
  };
}
