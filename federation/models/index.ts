/** The tables that federation owns: the outbox, and who people are. */
export { apActivities, apActivityHandlings, notifications } from "@rose-ash/shared/models/federation.ts";
export { devices, oidcPayloads, serviceKeys, sessions, signInLinks, userEmails, users } from "@rose-ash/shared/models/identity.ts";
export { oauthClients } from "@rose-ash/shared/models/oauth-clients.ts";
export { passkeyChallenges, passkeys } from "@rose-ash/shared/models/passkeys.ts";
