import { type ActivityView, activityView } from "../../contracts/federation.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import type { App } from "../../models/apps.ts";
import { apActivities } from "../../models/federation.ts";
import { users } from "../../models/identity.ts";
import { pictureColumns, pictureOf } from "../pictures.ts";
import { nameOfObject, verbOf } from "./words.ts";

/** What to select, from activities left-joined with their actor and the actor's picture, to make lines of a timeline. */
export const activityColumns = {
  id: apActivities.id,
  type: apActivities.type,
  objectType: apActivities.objectType,
  details: apActivities.details,
  originApp: apActivities.originApp,
  publishedAt: apActivities.publishedAt,
  member: { name: users.name, handle: users.handle },
  picture: pictureColumns,
};

type ActivityRow = Pick<typeof apActivities.$inferSelect, "id" | "type" | "objectType" | "details" | "originApp" | "publishedAt"> & {
  member: { name: string; handle: string } | null;
  picture: Parameters<typeof pictureOf>[0];
};

const APP_NAMES: Record<App, string> = {
  blog: "The blog",
  market: "The shop",
  cart: "The till",
  events: "The calendar",
  federation: "The co-operative",
  account: "The members' desk",
};

/** The line of a row of activityColumns. Without a member, or when the member is gone, the app itself is the actor. */
export function activityViewOf(row: ActivityRow, publicUrl: PublicUrl): ActivityView {
  const { path } = row.details;
  return activityView.parse({
    ...row,
    actor: row.member
      ? { ...row.member, pictureUrl: pictureOf(row.picture)?.url ?? null }
      : { name: APP_NAMES[row.originApp], handle: null, pictureUrl: null },
    verb: verbOf(row.type, row.objectType),
    object: {
      name: row.details.name || nameOfObject(row.objectType),
      url: path !== undefined && /^\/(?![/\\])/.test(path) ? publicUrl(row.originApp, path) : null,
    },
  });
}
