import type { AssertResult, RetractResult } from "@rose-ash/shared/contracts/relations.ts";
import { nothingHere } from "@rose-ash/shared/infrastructure/http/index.ts";
import type { NoticeCode } from "@rose-ash/shared/infrastructure/notices/index.ts";
import { APPS } from "@rose-ash/shared/models/apps.ts";
import { z } from "zod";

/** A role that is given or taken, with the reason that goes to the log. */
export const roleChange = z.object({
  role: z.enum(["admin", "steward", "editor"]),
  scope: z.enum(["site", ...APPS]),
  reason: z.string().trim().min(3).max(200),
  change: z.enum(["give", "take"]),
});

/** What the next page says; to whom it is not given to change it, nothing is there. */
export function noticeOfChange({ kind }: AssertResult | RetractResult): NoticeCode {
  switch (kind) {
    case "asserted":
      return "stated";
    case "retracted":
      return "taken-back";
    case "not-asserted":
      return "not-stated";
    case "about-oneself":
      return "not-about-yourself";
    case "not-yours":
    case "malformed":
      throw nothingHere();
  }
}
