import { type SQL, sql } from "drizzle-orm";

/** SHA-256 of a lower-case address, hex: it says of a known address that it is this one, and of no other whose it is. */
export function addressHash(email: SQL): SQL<string> {
  return sql<string>`encode(sha256(convert_to(lower(${email}), 'UTF8')), 'hex')`;
}
