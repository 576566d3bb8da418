import { eq, inArray } from "drizzle-orm";
import type { Tombstones } from "../../contracts/erasures.ts";
import { keyedHash } from "../../infrastructure/keys/index.ts";
import type { SecretOf } from "../../infrastructure/service-deps.ts";
import { erasedAddresses, erasedPeople } from "../../models/erasures.ts";

/** The secret is for these hashes alone; it is asked for when there is something to hash. */
export function makeTombstones(secretOf: SecretOf): Tombstones {
  const addressHash = (email: string) => keyedHash(secretOf("tombstones"), `address ${email.trim().toLowerCase()}`);
  const handleHash = (handle: string) => keyedHash(secretOf("tombstones"), `handle ${handle}`);
  return {
    addressHash,
    handleHash,
    async erasedAddresses(tx, emails) {
      const byHash = new Map(emails.map((email) => [addressHash(email), email]));
      if (byHash.size === 0) return new Set();
      const rows = await tx
        .select({ hash: erasedAddresses.hash })
        .from(erasedAddresses)
        .where(inArray(erasedAddresses.hash, [...byHash.keys()]));
      return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
    },
    async erasedHandles(tx, handles) {
      const byHash = new Map(handles.map((handle) => [handleHash(handle), handle]));
      if (byHash.size === 0) return new Set();
      const rows = await tx
        .select({ hash: erasedPeople.handleHash })
        .from(erasedPeople)
        .where(inArray(erasedPeople.handleHash, [...byHash.keys()]));
      return new Set(rows.flatMap(({ hash }) => byHash.get(hash) ?? []));
    },
    async lay(tx, emails) {
      const rows = emails.map((email) => ({ hash: addressHash(email) }));
      if (rows.length > 0) await tx.insert(erasedAddresses).values(rows).onConflictDoNothing();
    },
    async welcomeBack(tx, email) {
      await tx.delete(erasedAddresses).where(eq(erasedAddresses.hash, addressHash(email)));
    },
  };
}
