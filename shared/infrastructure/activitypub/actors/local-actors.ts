import { APPS, type App } from "../../../models/apps.ts";
import type { PublicUrl } from "../../service-deps.ts";

/** One of our own: a service, a member (of federation), or the instance itself, which only asks. name: before the "@". */
export interface LocalActor {
  readonly kind: "service" | "member" | "instance";
  readonly app: App;
  readonly name: string;
  readonly uri: string;
}

/** What belongs to an actor and has an address of its own below its. */
export const COLLECTIONS = ["outbox", "followers", "following", "liked", "featured"] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** All requests that are nobody's in particular are signed by it. */
const INSTANCE = "instance";

export interface LocalActors {
  ofApp(app: App): LocalActor;
  instance: LocalActor;
  /** Whether there is such a member is not asked. */
  ofMember(handle: string): LocalActor;
  /** Who has this address; null: none of ours. */
  find(uri: string): LocalActor | null;
  /** Who is called so on the host of this app. Null: none; a member's handle is found without asking whether there is one. */
  findByName(app: App, name: string): LocalActor | null;
  /** Whether an address is on one of our hosts. */
  isOurs(uri: string): boolean;
  inboxOf(actor: LocalActor): string;
  sharedInboxOf(app: App): string;
  collectionOf(actor: LocalActor, name: CollectionName): string;
}

/** Our actors by their addresses, which are what other servers know them by for good. */
export function makeLocalActors(publicUrl: PublicUrl): LocalActors {
  const services = new Map(APPS.map((app) => [app, { kind: "service", app, name: app, uri: publicUrl(app, "/ap/actor") } as const]));
  const origins = new Set(APPS.map((app) => publicUrl(app, "")));
  const members = publicUrl("federation", "/ap/members/");
  const instance: LocalActor = { kind: "instance", app: "federation", name: INSTANCE, uri: publicUrl("federation", "/ap/instance") };
  const fixed = new Map([...services.values(), instance].map((actor) => [actor.uri, actor]));
  const ofMember = (handle: string): LocalActor => ({ kind: "member", app: "federation", name: handle, uri: `${members}${handle}` });
  const ofApp = (app: App): LocalActor => services.get(app) ?? instance; // every app has one
  return {
    ofApp,
    instance,
    ofMember,
    find(uri) {
      const known = fixed.get(uri);
      if (known !== undefined) return known;
      const handle = uri.startsWith(members) ? uri.slice(members.length) : "";
      return isHandle(handle) ? ofMember(handle) : null;
    },
    findByName(app, name) {
      if (name === app) return ofApp(app);
      if (app !== "federation") return null;
      if (name === INSTANCE) return instance;
      return isHandle(name) ? ofMember(name) : null;
    },
    isOurs: (uri) => origins.has(URL.parse(uri)?.origin ?? ""),
    inboxOf: (actor) => (actor.kind === "member" ? `${actor.uri}/inbox` : publicUrl(actor.app, "/ap/inbox")),
    sharedInboxOf: (app) => publicUrl(app, "/ap/inbox"),
    collectionOf: (actor, name) => (actor.kind === "member" ? `${actor.uri}/${name}` : publicUrl(actor.app, `/ap/${name}`)),
  };
}

/** As users_handle_slug has it; those of the service and the instance are theirs. */
const isHandle = (name: string) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name) && name !== "federation" && name !== INSTANCE;
