import { type SQL, sql } from "drizzle-orm";

/** Whether pictures of a host are fetched and shown: neither it nor what lies above it is shut out, or without pictures. */
export const arePicturesTaken = (host: SQL): SQL<boolean> => sql<boolean>`not exists (
  select from ap_hosts as held where held.host = any(hosts_above(${host})) and (held.is_suspended or held.rejects_media))`;
