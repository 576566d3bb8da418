/** The door of this folder. */

export { mailAddressOf } from "./address.ts";
export { type BulkMail, type BulkMailer, type BulkSettings, openBulkMailer } from "./bulk-mailer.ts";
export { type Mailer, mailFolderOf, openMailer, type StoredMail } from "./mailer.ts";
export { readAddress } from "./read-address.ts";
