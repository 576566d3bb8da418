import type { App } from "../models/apps.ts";
import type { AuditState } from "../models/audit.ts";
import type { UserId } from "../models/ids.ts";
import type { Paging } from "./dto.ts";
import type { Tx } from "./tx.ts";

/** Something done behind the counter. before and after: plain values; null where there was nothing. */
export interface NewAuditEntry {
  app: App;
  by: UserId;
  /** A verb and its object: "retry handling". */
  action: string;
  /** What it was done to, so that all about it can be found: "handling:12". */
  subject: string;
  reason: string;
  before: AuditState;
  after: AuditState;
}

/** Empty strings and nulls leave open. */
export interface AuditFilter {
  app: App | null;
  by: UserId | null;
  action: string;
  /** Part of the subject or of the reason. */
  words: string;
}

export interface AuditEntryView {
  app: App;
  actorName: string;
  action: string;
  subject: string;
  reason: string;
  before: AuditState;
  after: AuditState;
  doneAt: Date;
}

export interface AuditPage extends Paging {
  entries: readonly AuditEntryView[];
  /** Everybody who has an entry, for the filter. */
  people: readonly { userId: UserId; name: string }[];
  actions: readonly string[];
}

/** The log of what was done behind the counter; nothing in it ever changes. */
export interface AuditService {
  record(tx: Tx, entry: NewAuditEntry): Promise<void>;
  /** Newest first. page: from 1. */
  listEntries(filter: AuditFilter, page: number): Promise<AuditPage>;
  /** The newest about one subject, newest first. */
  listAbout(subject: string): Promise<readonly AuditEntryView[]>;
}
