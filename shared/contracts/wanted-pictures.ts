import type { MediaId, ProductId } from "../models/ids.ts";
import type { Tx } from "./tx.ts";

/** How long a picture is in one process's hands. */
export const HELD_SECONDS = 600;

/** A picture of another site that a product is to have, in one process's hands for HELD_SECONDS. alt: what it shows, for who can't see it. */
export interface WantedPicture {
  readonly id: number;
  readonly productId: ProductId;
  readonly url: string;
  readonly alt: string;
  readonly attempts: number;
}

/** Pictures that are still elsewhere. Whoever has the library's intake brings them, one at a time. */
export interface WantedPicturesService {
  /** The one that is due longest; null: none is. */
  take(tx: Tx): Promise<WantedPicture | null>;
  /** It is in the library. Its product shows it, behind those that it has; pages with it are purged. */
  keep(tx: Tx, wanted: WantedPicture, mediaId: MediaId): Promise<void>;
  /** It was not asked for: its host has no turn before so many seconds. That is no attempt. */
  putOff(tx: Tx, wanted: WantedPicture, seconds: number): Promise<void>;
  /** It did not come. seconds: until it is tried again; null: it is given up. note: why, for people. */
  fail(tx: Tx, wanted: WantedPicture, why: { note: string; seconds: number | null }): Promise<void>;
}
