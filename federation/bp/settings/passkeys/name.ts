import { VISIBLE_TEXT } from "@rose-ash/shared/infrastructure/visible-text.ts";
import { z } from "zod";

/** What its owner calls a passkey. */
export const passkeyName = z.string().trim().min(1).max(60).regex(VISIBLE_TEXT);

export const NAME_ERROR = "Please give it a name that can be read, in at most 60 characters.";
