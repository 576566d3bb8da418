import type { OAuth2Namespace } from "@fastify/oauth2";
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { CodedError } from "../../contracts/errors.ts";
import type { App } from "../../models/apps.ts";
import type { ProviderSessionId, UserId } from "../../models/ids.ts";
import { internalOriginOf } from "../config.ts";
import { isSameSecret } from "../keys/index.ts";
import type { Runtime } from "../runtime.ts";
import { challengeOf, type Flow } from "./flow.ts";

declare module "@fastify/oauth2" {
  // the plugin's own flow keeps state and verifier in plain cookies and knows no nonce: we use the client below it
  interface OAuth2Namespace {
    oauth2: {
      authorizeURL(params: Record<string, string>): string;
      getToken(params: Record<string, string>): Promise<{ token: { id_token?: string } }>;
    };
  }
}

/** Who signed in, and in which session of the provider. */
export interface SignedIn {
  userId: UserId;
  providerSession: ProviderSessionId;
}

/** What our own services ask the provider for: who it is, no more. */
export const SCOPE = "openid";
/** How long the provider may take over one answer. */
export const PATIENCE_MS = 3_000;
const KEYS_COOLDOWN_MS = 5_000;
const MAX_AGE_SECONDS = 300;
const claims = z.object({ sub: z.string().regex(/^[1-9]\d{0,15}$/), nonce: z.string(), provider_session: z.string().min(1) });

/** Where the provider is: its name to the world, and the address at which we ask it ourselves, which need not lead out and back in. */
export interface Provider {
  issuer: string;
  origin: string;
}

export function providerOf({ config, publicUrl }: Runtime): Provider {
  return { issuer: publicUrl("federation", ""), origin: internalOriginOf(config)("federation") };
}

/** The provider as this app meets it: where to send people, and what their code is worth. Its keys are fetched at first use. */
export function makeProviderClient(
  name: App,
  { publicUrl, clock }: Runtime,
  { provider: { issuer, origin }, oauth2 }: { provider: Provider; oauth2: OAuth2Namespace["oauth2"] },
) {
  const redirectUri = publicUrl(name, "/auth/callback");
  // an unknown key is looked for again, at most once in five seconds: keys that were replaced in a hurry are not known here
  const keys = createRemoteJWKSet(new URL(`${origin}/oauth/jwks`), { timeoutDuration: PATIENCE_MS, cooldownDuration: KEYS_COOLDOWN_MS });
  return {
    issuer,
    authorizationUrl({ state, verifier, nonce, isSilent }: Flow): string {
      const pkce = { code_challenge: challengeOf(verifier), code_challenge_method: "S256" }; // RFC 7636 §4.2
      const prompt: Record<string, string> = isSilent ? { prompt: "none" } : {};
      return oauth2.authorizeURL({ redirect_uri: redirectUri, scope: SCOPE, state, nonce, ...pkce, ...prompt });
    },
    /** Throws sign-in-failed when the code or its token is not good, sign-in-unavailable when the provider does not answer. */
    async redeem(code: string, flow: Flow): Promise<SignedIn> {
      const idToken = await exchange(code, flow.verifier);
      // OpenID Connect Core §3.1.3.7
      const { payload } = await jwtVerify(idToken, keys, {
        issuer,
        audience: name,
        algorithms: ["ES256"],
        maxTokenAge: MAX_AGE_SECONDS,
        currentDate: clock.now(),
        clockTolerance: 30,
      }).catch(refuse);
      return signedInOf(payload, flow.nonce);
    },
  };

  async function exchange(code: string, verifier: string): Promise<string> {
    const { token } = await oauth2.getToken({ code, redirect_uri: redirectUri, code_verifier: verifier }).catch(refuse);
    if (token.id_token === undefined) throw failed({ reason: "no id_token" });
    return token.id_token;
  }
}

function signedInOf(payload: JWTPayload, nonce: string): SignedIn {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw failed({ reason: "claims are missing" });
  if (!isSameSecret(parsed.data.nonce, nonce)) throw failed({ reason: "wrong nonce" });
  return { userId: Number(parsed.data.sub) as UserId, providerSession: parsed.data.provider_session as ProviderSessionId };
}

const wireError = z.object({ output: z.object({ statusCode: z.number() }), data: z.object({ payload: z.unknown() }).optional() });

/**
 * An answer that says no is a failed sign-in; no answer, or one that makes no sense, is a provider that is away.
 * The error itself is not logged: it carries the request with this app's secret.
 */
function refuse(error: unknown): never {
  const isBadToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && error.code !== "ERR_JOSE_GENERIC";
  const answer = wireError.safeParse(error);
  const isRefusal = answer.success && answer.data.output.statusCode >= 400 && answer.data.output.statusCode < 500;
  if (isBadToken || isRefusal) throw failed({ reason: String(error), answer: answer.data?.data?.payload });
  throw new CodedError("sign-in-unavailable", "The service that signs people in does not answer just now.", { reason: String(error) });
}

function failed(context: Record<string, unknown>): CodedError {
  return new CodedError("sign-in-failed", "The answer of the sign-in could not be used. Please sign in once more.", context);
}
