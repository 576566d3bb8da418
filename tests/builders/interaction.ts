import type { TestApp } from "../app.ts";

/** A sign-in under way at federation, come to from blog: its name, and the cookies of the browser that began it. */
export async function anInteraction(federation: TestApp): Promise<{ uid: string; cookies: Record<string, string> }> {
  const pkce = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
  const redirectUri = `${federation.origin.replace("federation", "blog")}/auth/callback`;
  const asked = { response_type: "code", client_id: "blog", redirect_uri: redirectUri, scope: "openid", state: "s", nonce: "n" };
  const { headers } = await federation.get(`/oauth/authorize?${new URLSearchParams({ ...asked, ...pkce })}`);
  const pairs = [headers["set-cookie"]].flat().map((line) => String(line).split(";")[0]?.split("=") ?? []);
  return { uid: String(headers.location).split("/").pop() ?? "", cookies: Object.fromEntries(pairs) };
}
