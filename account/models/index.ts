/** The tables that account owns. */

export { guardianships } from "@rose-ash/shared/models/family.ts";
export { letterDeliveries, letters } from "@rose-ash/shared/models/letters.ts";
export {
  memberLabels,
  newsletterConsents,
  newsletterSubscriptions,
  newsletterSuppressions,
  newsletters,
  subscriberLabels,
  subscribers,
} from "@rose-ash/shared/models/newsletters.ts";
