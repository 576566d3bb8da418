import { deedAbout } from "../people/deed.ts";

/** The member does not follow them, whatever rules derive. */
export const exceptSomebody = deedAbout("/following/exceptions", async ({ services, transaction }, { own, person }) => {
  await transaction((tx) => services.people.except(tx, own.uri, person.uri, true));
  return "excepted";
});

/** Rules may derive it again. */
export const endException = deedAbout("/following/exceptions/end", async ({ services, transaction }, { own, person }) => {
  await transaction((tx) => services.people.except(tx, own.uri, person.uri, false));
  return "exception-ended";
});
