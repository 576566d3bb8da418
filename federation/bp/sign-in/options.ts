import type { Person } from "@rose-ash/shared/contracts/identity.ts";
import type { Mailer } from "@rose-ash/shared/infrastructure/mail/index.ts";

/** What app.ts hands to the sign-in. */
export interface SignInOptions {
  mailer: Mailer;
  /** Whom the page offers to sign in as with one click: nobody, outside of development. */
  listSuggestions(): Promise<readonly Person[]>;
}
