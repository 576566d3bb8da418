import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "../scripts/processes.ts";

/** Files that send mail without asking whether it is wanted, and why they need not. */
const ALWAYS: Readonly<Record<string, string>> = {
  "account/bp/admin/newsletters/test-letter.ts": "to who tries it out",
  "account/bp/email/link.ts": "how somebody signs in",
  "account/bp/email/start.ts": "how somebody signs in",
  "account/handlers/mail-confirmations.ts": "asks whether an address is theirs",
  "account/handlers/mail-decision.ts": "whether somebody becomes a member",
  "account/handlers/mail-notices.ts": "only for who asked for it, as findMail says",
  "account/handlers/tell-of-erasure.ts": "the law",
  "account/services/sending/send-letters.ts": "to who subscribed",
  "cart/handlers/mail-buyer.ts": "a purchase",
  "events/handlers/mail-tickets.ts": "a purchase",
  "events/handlers/tell-holders.ts": "a purchase",
  "federation/bp/settings/passkeys/add.ts": "how somebody signs in",
  "federation/bp/sign-in/ask.ts": "how somebody signs in",
  "market/handlers/send-back-order.ts": "to suppliers",
  "market/handlers/tell-of-shortfalls.ts": "a purchase",
};

it("whoever sends mail asks first whether its reader wants it, or says why it needs not", () => {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts"], { cwd: ROOT, encoding: "utf8" });
  const files = listed
    .split("\n")
    .filter((file) => /^(blog|market|cart|events|federation|account)\//.test(file) && !file.endsWith(".test.ts"));
  const senders = files.flatMap((file) => {
    const text = readFileSync(join(ROOT, file), "utf8");
    return /\bmailer\.send\(/.test(text) ? [{ file, asks: /\bmayMail\(/.test(text) }] : [];
  });
  expect(senders.length).toBeGreaterThan(10);
  expect(senders.filter(({ asks }) => !asks).map(({ file }) => file)).toEqual(Object.keys(ALWAYS));
});
