/** How long an answer asks us to stay away, in milliseconds (RFC 9110 §10.2.3: seconds, or a date); null: it does not say. */
export function retryAfterOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}
