import type { App } from "../models/apps.ts";

interface FragmentKind {
  owner: App;
  /** public: the same for everybody. personal: made for the viewer, never kept under a wider key. */
  audience: "public" | "personal";
  /** How long a public one may be kept, in seconds; it is refreshed behind the reader's back after that. */
  ttlSeconds: number;
}

/** The HTML that services show of each other; the owner's bp/fragments/<type>.ts makes it. */
export const FRAGMENTS = {
  "nav-tree": { owner: "blog", audience: "public", ttlSeconds: 10 },
  footer: { owner: "blog", audience: "public", ttlSeconds: 10 },
  "auth-menu": { owner: "account", audience: "personal", ttlSeconds: 0 },
  "cart-mini": { owner: "cart", audience: "personal", ttlSeconds: 0 },
  "product-card": { owner: "market", audience: "public", ttlSeconds: 10 },
  "next-entries": { owner: "events", audience: "public", ttlSeconds: 10 },
  "notification-badge": { owner: "federation", audience: "personal", ttlSeconds: 0 },
} as const satisfies Record<string, FragmentKind>;

export type FragmentType = keyof typeof FRAGMENTS;

/** A fragment that a page wants: params are plain values that its owner checks. */
export interface FragmentWant {
  type: FragmentType;
  params?: Readonly<Record<string, string | number>>;
}
