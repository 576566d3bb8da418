import type { MerchantFields } from "@rose-ash/shared/contracts/merchants.ts";
import type { MerchantId } from "@rose-ash/shared/models/ids.ts";
import { z } from "zod";

/** A merchant's id in an address; the pattern keeps everything else from being found. */
export const MERCHANT_PATH = "/admin/merchants/:id(^[1-9]\\d{0,14}$)";
export const merchantParams = z.object({ id: z.coerce.number().transform((id) => id as MerchantId) });
export type MerchantParams = z.output<typeof merchantParams>;

/** All of a form, as it came. */
export const anyForm = z.record(z.string().max(60), z.string().max(2000).catch(""));
export type AnyForm = z.output<typeof anyForm>;

export interface FormError {
  field: string;
  message: string;
}

type ReadMerchant = { kind: "read"; fields: MerchantFields } | { kind: "wrong"; errors: readonly FormError[] };

/** Reads what is said of a merchant; what is wrong with it, by field. */
export function readMerchant(form: AnyForm): ReadMerchant {
  const text = (name: string) => (form[name] ?? "").replaceAll("\u0000", "").trim();
  const [code, name, currency, vatId] = [text("code"), text("name"), text("currency").toUpperCase(), text("vatId").toUpperCase()];
  const address = text("address").replaceAll("\r\n", "\n");
  const errors: FormError[] = [];
  const say = (field: string, isRight: boolean, message: string) => void (isRight || errors.push({ field, message }));
  say("name", name.length >= 1 && name.length <= 120, "A name of up to 120 letters: it stands on receipts.");
  say("code", /^[A-Za-z0-9_-]{1,40}$/.test(code), "SumUp’s merchant code: letters and digits, like MCAB12CD.");
  say("currency", Intl.supportedValuesOf("currency").includes(currency), "Three letters of a currency, like GBP.");
  say("address", address.length <= 500 && address.split("\n").length <= 8, "At most 500 letters in eight lines.");
  say("vatId", /^[A-Z0-9 .-]{0,30}$/.test(vatId), "Letters and digits, like GB 123 4567 89; nothing where there is none.");
  if (errors.length > 0) return { kind: "wrong", errors };
  return {
    kind: "read",
    fields: { code, name, currency, address, vatId, chargesVat: form["chargesVat"] === "yes", isActive: form["isActive"] === "yes" },
  };
}
