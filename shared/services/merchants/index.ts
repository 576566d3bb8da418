import { eq } from "drizzle-orm";
import type { AuditService } from "../../contracts/audit.ts";
import { CodedError } from "../../contracts/errors.ts";
import type { MerchantsService } from "../../contracts/merchants.ts";
import type { ServiceDeps } from "../../infrastructure/service-deps.ts";
import { merchants } from "../../models/merchants.ts";
import { changeMerchant, createMerchant } from "./commands.ts";
import { listFreePages, readMerchants } from "./read-merchants.ts";

/** Merchants, in PostgreSQL. */
export function makeMerchantsService({ db }: Pick<ServiceDeps, "db">, { audit }: { audit: AuditService }): MerchantsService {
  return {
    list: () => readMerchants(db, null),
    async get(id) {
      const [merchant] = await readMerchants(db, id);
      if (merchant === undefined) throw new CodedError("not-found", "There is no such merchant.", { merchantId: id });
      return merchant;
    },
    listFreePages: () => listFreePages(db),
    async findSealedKey(code) {
      const [row] = await db.select({ sealed: merchants.keyJwe }).from(merchants).where(eq(merchants.code, code));
      return row?.sealed ?? null;
    },
    create: (tx, merchant) => createMerchant(tx, audit, merchant),
    change: (tx, change) => changeMerchant(tx, audit, change),
  };
}
