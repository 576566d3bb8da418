/** The tables that federation owns: the outbox, and who people are. */
export {
  clientApps,
  clientCodes,
  clientMarkers,
  clientPosts,
  clientTokens,
  clientUploads,
  mutedThreads,
} from "@rose-ash/shared/models/client-api.ts";
export { commentThreads } from "@rose-ash/shared/models/comments.ts";
export { apActivities, apActivityHandlings, notifications, notificationsOff } from "@rose-ash/shared/models/federation.ts";
export {
  apBlocks,
  apDeliveries,
  apDocuments,
  apFollows,
  apHosts,
  apInbox,
  apOutgoing,
  apReactions,
  apRemoteActors,
  apReports,
} from "@rose-ash/shared/models/fediverse.ts";
export { devices, oidcPayloads, serviceKeys, sessions, signInLinks, userEmails, users } from "@rose-ash/shared/models/identity.ts";
export { moderationAppeals, moderationLimits, moderationSettings } from "@rose-ash/shared/models/moderation.ts";
export { oauthClients } from "@rose-ash/shared/models/oauth-clients.ts";
export { passkeyChallenges, passkeys } from "@rose-ash/shared/models/passkeys.ts";
export {
  domainBlocks,
  followExceptions,
  mutes,
  peopleImportRows,
  peopleImports,
  peopleListMembers,
  peopleLists,
  postAlerts,
  profileFields,
  profileLinks,
  profiles,
} from "@rose-ash/shared/models/people.ts";
export { remotePictures } from "@rose-ash/shared/models/remote-pictures.ts";
export {
  apBookmarks,
  apHashtags,
  apMentions,
  apPictures,
  apPins,
  apPollOptions,
  apPolls,
  apPollVotes,
  apVersions,
} from "@rose-ash/shared/models/statuses.ts";
