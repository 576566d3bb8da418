import type { MediaId, ProductId, UserId } from "../models/ids.ts";
import type { Allergen } from "../models/market.ts";
import type { Diet } from "../models/members.ts";
import type { Picture } from "./dto.ts";
import type { Tx } from "./tx.ts";

/**
 * What a member says about themselves. language: what they write in, a BCP 47 tag; timeZone: an IANA name; both "" where it is the
 * site's. diets, avoids: what they don't eat, for their own eyes.
 */
export interface MemberProfile {
  readonly name: string;
  readonly pronouns: string;
  readonly language: string;
  readonly timeZone: string;
  readonly diets: readonly Diet[];
  readonly avoids: readonly Allergen[];
}

/** With what is changed elsewhere. seen: names this state of the profile, and no other. */
export interface KeptProfile extends MemberProfile {
  readonly handle: string;
  readonly email: string | null;
  readonly picture: Picture | null;
  readonly memberSince: Date;
  readonly seen: string;
}

/** changed-meanwhile: it is not as the member saw it; nothing was saved. */
export type ProfileSaving = { readonly kind: "saved" } | { readonly kind: "changed-meanwhile"; readonly now: KeptProfile };

/**
 * Why a product may be nothing for a member. contains, may-contain: an allergen that they avoid; unstated: nobody has stated its
 * allergens, and they avoid some (about is empty); not-said: nobody says that it suits their diet.
 */
export interface FoodWarning {
  readonly kind: "contains" | "may-contain" | "unstated" | "not-said";
  readonly about: Allergen | Diet | "";
}

/** What members tell of themselves for the whole site to go by. */
export interface MembersService {
  /** Throws not-found. */
  getProfile(userId: UserId): Promise<KeptProfile>;
  /** seen: of the profile that the member changed. */
  saveProfile(tx: Tx, userId: UserId, profile: MemberProfile, seen: string): Promise<ProfileSaving>;
  /** null: none. The fediverse is told by whoever calls. */
  setPicture(tx: Tx, userId: UserId, mediaId: MediaId | null): Promise<void>;
  /** Of these products those that there is something to say about, to this member; of what they don't avoid nothing. */
  listFoodWarnings(userId: UserId, products: readonly ProductId[]): Promise<ReadonlyMap<ProductId, readonly FoodWarning[]>>;
}
