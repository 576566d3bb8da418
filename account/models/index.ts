/** The tables that account owns. */

export {
  dataExports,
  erasedAddresses,
  erasedList,
  erasedPeople,
  erasureReceipts,
  erasureSteps,
  erasures,
} from "@rose-ash/shared/models/erasures.ts";
export { guardianships } from "@rose-ash/shared/models/family.ts";
export { invitations, invitationUses, joinRequests } from "@rose-ash/shared/models/joining.ts";
export { letterDeliveries, letters } from "@rose-ash/shared/models/letters.ts";
export { emailChanges, memberSettings } from "@rose-ash/shared/models/members.ts";
export { dues, groups, memberships } from "@rose-ash/shared/models/membership.ts";
export {
  memberLabels,
  newsletterConsents,
  newsletterSubscriptions,
  newsletterSuppressions,
  newsletters,
  subscriberLabels,
  subscribers,
} from "@rose-ash/shared/models/newsletters.ts";
export { noticeMails } from "@rose-ash/shared/models/notices.ts";
export { retentionRuns, siteSettings, siteTexts, textAgreements } from "@rose-ash/shared/models/site.ts";
