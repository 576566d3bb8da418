import type { App } from "../models/apps.ts";
import type { DeviceId, UserId } from "../models/ids.ts";
import { type CacheTag, cartTag, seenTag } from "./tags.ts";

/** For whom a fragment is made: `public`, `device:<id>` or `user:<id>` in a token. */
export type FragmentSubject = { kind: "public" } | { kind: "device"; deviceId: DeviceId } | { kind: "user"; userId: UserId };

/** Plain values that the owner checks. */
export type FragmentParams = Readonly<Record<string, string | number>>;

interface FragmentKind {
  owner: App;
  /** public: the same for everybody. personal: made for the viewer, never kept under a wider key. */
  audience: "public" | "personal";
  /** How long it is good as it is, in seconds. A public one is shown a while longer and refreshed behind the reader's back. */
  ttlSeconds: number;
  /** What it shows: purged with each of them. */
  tags(params: FragmentParams, subject: FragmentSubject): readonly CacheTag[];
}

/** The HTML that services show of each other; the owner's bp/fragments/<type>.ts makes it. */
export const FRAGMENTS = {
  "nav-tree": { owner: "blog", audience: "public", ttlSeconds: 10, tags: () => ["menu"] },
  footer: { owner: "blog", audience: "public", ttlSeconds: 10, tags: () => ["menu", "posts"] },
  "related-posts": { owner: "blog", audience: "public", ttlSeconds: 60, tags: () => ["posts"] },
  "digest-posts": { owner: "blog", audience: "public", ttlSeconds: 60, tags: () => ["posts"] },
  "my-tickets": {
    owner: "account",
    audience: "personal",
    ttlSeconds: 30,
    tags: (_, subject) => ["calendar", ...ofUser(subject, (id) => `tickets:${id}` as const)],
  },
  "ticket-papers": { owner: "events", audience: "personal", ttlSeconds: 30, tags: () => [] },
  "auth-menu": { owner: "account", audience: "personal", ttlSeconds: 30, tags: (_, subject) => ofUser(subject, (id) => `person:${id}`) },
  "newsletter-box": { owner: "account", audience: "public", ttlSeconds: 60, tags: () => ["newsletters"] },
  "own-newsletter-box": {
    owner: "account",
    audience: "personal",
    ttlSeconds: 30,
    tags: (_, subject) => ["newsletters", ...ofUser(subject, (id) => `newsletters:${id}` as const)],
  },
  greeting: {
    owner: "account",
    audience: "personal",
    ttlSeconds: 30,
    tags: (_, subject) => [...ofUser(subject, (id) => `person:${id}`), ...ofUser(subject, (id) => `notifications:${id}`)],
  },
  "cart-mini": { owner: "cart", audience: "personal", ttlSeconds: 30, tags: (_, subject) => ofCart(subject) },
  "cart-lines": { owner: "cart", audience: "personal", ttlSeconds: 30, tags: (_, subject) => [...ofCart(subject), "shop"] },
  "checkout-button": { owner: "cart", audience: "personal", ttlSeconds: 30, tags: (_, subject) => [...ofCart(subject), "shop"] },
  "order-summary": { owner: "cart", audience: "personal", ttlSeconds: 30, tags: ({ reference = "" }) => [`order:${reference}`] },
  "digest-products": { owner: "market", audience: "public", ttlSeconds: 60, tags: () => ["shop"] },
  "product-card": { owner: "market", audience: "public", ttlSeconds: 10, tags: ({ slug = "" }) => [`product:${slug}`] },
  "recently-seen": {
    owner: "market",
    audience: "personal",
    ttlSeconds: 30,
    tags: (_, subject) => (subject.kind === "public" ? [] : [seenTag(subject), "shop"]),
  },
  "search-results": { owner: "market", audience: "public", ttlSeconds: 10, tags: () => ["shop"] },
  "market-widget": { owner: "market", audience: "public", ttlSeconds: 10, tags: () => ["places", "shop"] },
  "next-entries": { owner: "events", audience: "public", ttlSeconds: 10, tags: () => ["calendar"] },
  "digest-entries": { owner: "events", audience: "public", ttlSeconds: 60, tags: () => ["calendar"] },
  "ticket-box": { owner: "events", audience: "public", ttlSeconds: 10, tags: () => ["calendar"] },
  "calendar-month": { owner: "events", audience: "public", ttlSeconds: 10, tags: () => ["calendar"] },
  "entry-card": { owner: "events", audience: "public", ttlSeconds: 10, tags: () => ["calendar"] },
  "container-nav": { owner: "events", audience: "public", ttlSeconds: 10, tags: () => ["calendar", "posts"] },
  comments: { owner: "federation", audience: "public", ttlSeconds: 60, tags: ({ path = "" }) => [`comments:${path}`] },
  "own-comments": {
    owner: "federation",
    audience: "personal",
    ttlSeconds: 30,
    tags: ({ path = "" }, subject) => [`comments:${path}`, ...ofUser(subject, (id) => `own-comments:${id}` as const)],
  },
  "notification-badge": {
    owner: "federation",
    audience: "personal",
    ttlSeconds: 30,
    tags: (_, subject) => ofUser(subject, (id) => `notifications:${id}`),
  },
} as const satisfies Record<string, FragmentKind>;

export type FragmentType = keyof typeof FRAGMENTS;

/** A fragment that a page wants. */
export interface FragmentWant {
  type: FragmentType;
  params?: FragmentParams;
}

function ofCart(subject: FragmentSubject): readonly CacheTag[] {
  return subject.kind === "public" ? [] : [cartTag(subject)];
}

function ofUser(subject: FragmentSubject, tag: (id: UserId) => CacheTag): readonly CacheTag[] {
  return subject.kind === "user" ? [tag(subject.userId)] : [];
}
