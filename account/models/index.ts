/** The tables that account owns. */
export {
  memberLabels,
  newsletterConsents,
  newsletterSubscriptions,
  newsletterSuppressions,
  newsletters,
  subscriberLabels,
  subscribers,
} from "@rose-ash/shared/models/newsletters.ts";
