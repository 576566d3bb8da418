/** The door of this folder. */
export { mailAddressOf } from "./address.ts";
export { type Mailer, mailFolderOf, openMailer, type StoredMail } from "./mailer.ts";
