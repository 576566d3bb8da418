import type { ClientApp } from "@rose-ash/shared/contracts/client-api.ts";

/** An app (docs: entities/Application). There is no push service, so there is no key of it. */
export function application({ id, name, website, scopes, redirectUris }: ClientApp) {
  return { id: String(id), name, website, scopes, redirect_uris: redirectUris, redirect_uri: redirectUris.join("\n"), vapid_key: "" };
}
