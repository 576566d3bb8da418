import type { BulkSettings } from "@rose-ash/shared/infrastructure/mail/index.ts";
import type { AccountConfig } from "../../config/schema.ts";

/** Which mail server letters go by, over how many connections, and who signs them. */
export function bulkSettings(config: AccountConfig): BulkSettings {
  const [selector = "", domain = ""] = config.LETTERS_DKIM.split("@");
  const privateKey = config.LETTERS_DKIM_KEY;
  return {
    url: config.LETTERS_MAIL_URL || config.MAIL_URL,
    connections: config.LETTERS_CONNECTIONS,
    signing: privateKey === undefined ? null : { selector, domain, privateKey },
  };
}
