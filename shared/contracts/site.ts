import type { MediaId, OrderId, SiteTextId, UserId } from "../models/ids.ts";
import type { AgreedText, Joining, RetentionChoices, SiteTextKind } from "../models/site.ts";
import type { SiteColours } from "../models/site-colours.ts";
import type { Picture } from "./dto.ts";
import type { Tx } from "./tx.ts";

/** What every process keeps in memory. name, tagline, colours null: as the files of the site say. texts: the version of each that is public. */
export interface SiteNow {
  readonly version: number;
  readonly name: string | null;
  readonly tagline: string | null;
  readonly logo: Picture | null;
  readonly colours: SiteColours | null;
  readonly joining: Joining;
  readonly texts: Readonly<Partial<Record<SiteTextKind, number>>>;
}

/** How it looks and what it is called. */
export interface SiteLook {
  readonly name: string | null;
  readonly tagline: string | null;
  readonly logoId: MediaId | null;
  readonly colours: SiteColours | null;
}

/** What stewards set, in the sections in which they set it. */
export interface SiteSections {
  readonly look: SiteLook;
  readonly joining: Joining;
  readonly retention: RetentionChoices;
}
export type SiteSection = keyof SiteSections;

/** A section as it stands. state: names it; whoever saves shows which they began with. */
export interface Stated<Value> {
  readonly value: Value;
  readonly state: string;
}

/** conflict: somebody saved that section meanwhile, and this is how it stands now. */
export type SaveResult<Value> =
  | { readonly kind: "saved" }
  | { readonly kind: "unchanged" }
  | { readonly kind: "conflict"; readonly now: Stated<Value> };

/** A version of a text of the house. isNewest: what holds now. */
export interface SiteText {
  readonly id: SiteTextId;
  readonly kind: SiteTextKind;
  readonly version: number;
  readonly text: string;
  readonly changes: string;
  readonly publishedAt: Date;
  readonly isNewest: boolean;
}

/** What somebody has to agree to, in the version that holds now. */
export interface Agreement {
  readonly kind: AgreedText;
  readonly version: number;
}

export type PublishResult =
  | { readonly kind: "published"; readonly version: number }
  | { readonly kind: "unchanged" }
  | { readonly kind: "conflict"; readonly now: SiteText | null };

/** The house itself: its name, look and texts, who may join, and what people agreed to. */
export interface SiteService {
  getNow(): Promise<SiteNow>;
  getSection<Section extends SiteSection>(section: Section): Promise<Stated<SiteSections[Section]>>;
  /** state: of the section as whoever saves has seen it. Audited. */
  saveSection<Section extends SiteSection>(
    tx: Tx,
    section: Section,
    save: { readonly value: SiteSections[Section]; readonly state: string; readonly by: UserId },
  ): Promise<SaveResult<SiteSections[Section]>>;

  /** The version of this number, or the newest; null: there is none. */
  findText(kind: SiteTextKind, version: number | null): Promise<SiteText | null>;
  /** Newest first. */
  listVersions(kind: SiteTextKind): Promise<readonly Omit<SiteText, "text">[]>;
  /** after: the version that its author has seen; 0: none. Audited. */
  publishText(
    tx: Tx,
    kind: SiteTextKind,
    text: { readonly text: string; readonly changes: string; readonly after: number; readonly by: UserId },
  ): Promise<PublishResult>;

  /** What there is to agree to: of who is null all that holds now, of a member what they have not agreed to. */
  listToAgree(who: UserId | null): Promise<readonly Agreement[]>;
  /** Writes down who agreed; false, and nothing written, where that is not what holds now. */
  agree(tx: Tx, who: { readonly userId: UserId | null; readonly orderId: OrderId | null }, agreed: readonly Agreement[]): Promise<boolean>;
}
