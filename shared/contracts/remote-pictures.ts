import type { Tx } from "./tx.ts";

/** What is known of a picture of another host. sha256: of its copy in the media store; null: it can't be had before tryAfter. */
export interface RemotePicture {
  readonly sha256: string | null;
  readonly tryAfter: Date | null;
  readonly isSeenToday: boolean;
}

/** Copies of pictures of other hosts, which readers' browsers get from us. */
export interface RemotePicturesService {
  find(url: string): Promise<RemotePicture | null>;
  /** Whether pictures of this host, or of one above it, may be fetched and shown: it is neither shut out nor without pictures. */
  isTakenFrom(host: string): Promise<boolean>;
  keep(tx: Tx, picture: { readonly url: string; readonly sha256: string; readonly width: number; readonly height: number }): Promise<void>;
  /** It can't be had, for this reason; nobody asks again before then. */
  refuse(tx: Tx, picture: { readonly url: string; readonly reason: string; readonly tryAfter: Date }): Promise<void>;
  /** Somebody looked at it today. */
  noteSeen(tx: Tx, url: string): Promise<void>;
  /** Forgets those that nobody looked at since this day, and what could not be had long ago; the bytes go when the store is swept. */
  forgetUnseen(tx: Tx, before: Date): Promise<number>;
  /** Forgets all of a host and of those below it; the names of their copies in the store that nothing else knows by these rows. */
  forgetHost(tx: Tx, host: string): Promise<readonly string[]>;
  /** Where the picture of an actor elsewhere lies, by its own document; null: it has none, or none that is shown. */
  findFace(actor: string): Promise<string | null>;
}
