import type { PersonView, ProfileView } from "../../contracts/people.ts";
import type { PublicUrl } from "../../infrastructure/service-deps.ts";
import { APPS, type App } from "../../models/apps.ts";

/** How the six services are called as somebody who can be followed, and what comes of following them. */
const WORDS: Readonly<Record<App, { name: string; says: string }>> = {
  blog: { name: "The journal", says: "What the co-operative publishes in its journal." },
  market: { name: "The shop", says: "What is new on the shelves." },
  cart: { name: "The till", says: "It says nothing by itself." },
  events: { name: "The calendar", says: "What takes place, as soon as it is announced." },
  federation: { name: "The co-operative", says: "What concerns the co-operative as a whole." },
  account: { name: "The members’ desk", says: "It says nothing by itself." },
};

/** The actors of our services, by their addresses. */
export function serviceActors(publicUrl: PublicUrl): ReadonlyMap<string, PersonView> {
  return new Map(
    APPS.map((app) => {
      const handle = `@${app}@${new URL(publicUrl(app, "")).host}`;
      const uri = publicUrl(app, "/ap/actor");
      return [uri, { uri, handle, name: WORDS[app].name, path: `/${handle}`, isOurs: true, picture: null }];
    }),
  );
}

/** The profile of a service; null: the address is none of a service's. */
export function serviceProfile(publicUrl: PublicUrl, uri: string, counts: ProfileView["counts"]): ProfileView | null {
  const app = APPS.find((one) => publicUrl(one, "/ap/actor") === uri);
  const view = serviceActors(publicUrl).get(uri);
  if (app === undefined || view === undefined) return null;
  const url = publicUrl(app, "/");
  return {
    ...{
      ...view,
      html: `<p>${WORDS[app].says}</p>`,
      isLocked: false,
      isGroup: false,
      isService: true,
      pronouns: "",
      movedTo: null,
      since: null,
      url,
      counts,
    },
    fields: [{ name: "Site", text: url, href: url, verifiedAt: null }],
  };
}
