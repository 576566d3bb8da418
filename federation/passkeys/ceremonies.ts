import type { Ceremony, NewPasskey, StoredPasskey } from "@rose-ash/shared/contracts/passkeys.ts";
import { deriveSecret, keyedHash, randomToken } from "@rose-ash/shared/infrastructure/keys/index.ts";
import type { PasskeyId, UserId } from "@rose-ash/shared/models/ids.ts";
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { FastifyInstance } from "fastify";
import type { Answer } from "./answer.ts";

const LIFE_MS = 5 * 60_000;
const ALGORITHMS = [-8, -7, -257]; // EdDSA, ES256, RS256 by their COSE numbers: what authenticators know

/** The library and what it reads certificates with take 6 MB: they are loaded when the first passkey comes. */
const library = () => import("@simplewebauthn/server");

/** For whom a challenge is: one sign-in under way, or one session that adds a passkey. */
interface Holder {
  ceremony: Ceremony;
  holder: string;
}

/** What a browser is asked to sign in with: whichever passkey of ours the person chooses (WebAuthn §5.5, as JSON). */
export async function signInOptions(app: FastifyInstance, interactionUid: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const challenge = await newChallenge(app, { ceremony: "sign-in", holder: interactionUid });
  return { rpId: app.runtime.config.SITE_DOMAIN, challenge: encoded(challenge), userVerification: "required", timeout: LIFE_MS };
}

/** What a browser is asked to make: a passkey that signs in without a name being typed, and that asks for finger, face or PIN. */
export async function addOptions(app: FastifyInstance, member: { userId: UserId; handle: string; name: string }, sessionHash: string) {
  const { generateRegistrationOptions } = await library();
  const challenge = await newChallenge(app, { ceremony: "add", holder: sessionHash });
  const known = await app.services.passkeys.listPasskeys(member.userId);
  const { config, site } = app.runtime;
  return generateRegistrationOptions({
    rpName: site.name,
    rpID: config.SITE_DOMAIN,
    userID: fromText(userHandle(app, member.userId)),
    userName: member.handle,
    userDisplayName: member.name,
    challenge: fromText(challenge),
    attestationType: "none",
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    excludeCredentials: known.map(({ id }) => ({ id })),
    timeout: LIFE_MS,
  });
}

type Verified = { kind: "verified"; passkey: StoredPasskey } | { kind: "refused"; reason: string };

/** Whose passkey answered this sign-in's challenge. Spends the challenge, whatever comes of it, and counts the use. */
export async function verifySignIn(app: FastifyInstance, answer: Answer, interactionUid: string): Promise<Verified> {
  const passkey = await app.services.passkeys.findPasskey(answer.id);
  if (passkey === null) return { kind: "refused", reason: "unknown" };
  if (answer.response.userHandle !== encoded(userHandle(app, passkey.userId))) return { kind: "refused", reason: "another person's" };
  const { verifyAuthenticationResponse } = await library();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as unknown as AuthenticationResponseJSON, // the library checks the rest of its shape
      ...expected(app, { ceremony: "sign-in", holder: interactionUid }),
      credential: {
        id: passkey.id,
        publicKey: Buffer.from(passkey.publicKey, "base64url"),
        counter: passkey.counter,
        transports: [...passkey.transports],
      },
    });
    if (!verified) return { kind: "refused", reason: "signature" };
    const isFresh = await app.transaction((tx) => app.services.passkeys.usePasskey(tx, passkey.id, authenticationInfo.newCounter));
    return isFresh ? { kind: "verified", passkey } : { kind: "refused", reason: "counter" };
  } catch (error) {
    return { kind: "refused", reason: String(error) };
  }
}

type Made = { kind: "verified"; passkey: Omit<NewPasskey, "name"> } | { kind: "refused"; reason: string };

/** The passkey that answered the challenge of the member's own sign-in, not stored yet. Spends the challenge, whatever comes of it. */
export async function verifyAdd(app: FastifyInstance, answer: Answer, userId: UserId, sessionHash: string): Promise<Made> {
  const { verifyRegistrationResponse } = await library();
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: answer as unknown as RegistrationResponseJSON, // the library checks the rest of its shape
      ...expected(app, { ceremony: "add", holder: sessionHash }),
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!verified) return { kind: "refused", reason: "signature" };
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      kind: "verified",
      passkey: {
        id: credential.id as PasskeyId,
        userId,
        publicKey: Buffer.from(credential.publicKey).toString("base64url"),
        counter: credential.counter,
        transports: credential.transports ?? [],
        isBackedUp: credentialBackedUp,
      },
    };
  } catch (error) {
    return { kind: "refused", reason: String(error) };
  }
}

async function newChallenge({ services, transaction, runtime }: FastifyInstance, holder: Holder): Promise<string> {
  const challenge = randomToken();
  const expiresAt = new Date(runtime.clock.now().getTime() + LIFE_MS);
  await transaction((tx) => services.passkeys.putChallenge(tx, { challenge: encoded(challenge), ...holder, expiresAt }));
  return challenge;
}

/** WebAuthn §7.1, §7.2: this site, this page's origin, a finger, face or PIN, and a challenge that was made for this holder and not used. */
function expected({ services, transaction, runtime, publicUrl }: FastifyInstance, holder: Holder) {
  return {
    expectedOrigin: new URL(publicUrl("federation", "")).origin,
    expectedRPID: runtime.config.SITE_DOMAIN,
    expectedChallenge: (challenge: string) => transaction((tx) => services.passkeys.takeChallenge(tx, { challenge, ...holder })),
    requireUserVerification: true,
  };
}

/** What an authenticator knows a member by: says nothing about them, and is the same for all their passkeys. */
function userHandle({ runtime }: FastifyInstance, userId: UserId): string {
  return keyedHash(deriveSecret(runtime.config.DEPLOYMENT_SECRET, "passkey-user"), String(userId));
}

const fromText = (text: string) => new Uint8Array(Buffer.from(text, "utf8"));
const encoded = (text: string) => Buffer.from(text, "utf8").toString("base64url");
