import { deedAbout } from "../people/deed.ts";

/** The member hears of each new post of somebody whom they follow. */
export const wantAlerts = deedAbout("/following/alerts", async ({ services, transaction }, { own, person }) => {
  const isDone = await transaction((tx) => services.people.alert(tx, own.uri, person.uri, true));
  return isDone ? "alerts-wanted" : "alerts-follow-first";
});

export const endAlerts = deedAbout("/following/alerts/end", async ({ services, transaction }, { own, person }) => {
  await transaction((tx) => services.people.alert(tx, own.uri, person.uri, false));
  return "alerts-ended";
});
