/** The door of this folder. */
export { type Mailer, mailFolderOf, openMailer, type StoredMail } from "./mailer.ts";
