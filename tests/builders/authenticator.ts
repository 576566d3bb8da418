import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** What an answer can be made to say that an honest authenticator would not. */
export interface Lies {
  origin?: string;
  rpId?: string;
  challenge?: string;
  /** Without the finger, face or PIN. */
  isUnverified?: boolean;
  counter?: number;
  userHandle?: string;
  type?: string;
  /** Changes a bit of the signature. */
  isForged?: boolean;
}

interface Options {
  challenge: string;
  user?: { id: string };
}

const [PRESENT, VERIFIED, ATTESTED] = [0x01, 0x04, 0x40];

/** An authenticator with one passkey (ES256), as it answers through a browser: WebAuthn §6, in software, and able to lie. */
export function anAuthenticator(site: { origin: string; rpId: string }) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const id = randomBytes(20);
  let userHandle = "";
  let counter = 0;

  const clientData = (type: string, { challenge }: Options, lies: Lies) =>
    Buffer.from(JSON.stringify({ type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? site.origin }));

  const authenticatorData = (flags: number, lies: Lies, attested = Buffer.alloc(0)) => {
    const head = Buffer.alloc(37);
    sha256(lies.rpId ?? site.rpId).copy(head);
    head[32] = flags | PRESENT | (lies.isUnverified ? 0 : VERIFIED);
    head.writeUInt32BE(lies.counter ?? counter, 33);
    return Buffer.concat([head, attested]);
  };

  return {
    id: id.toString("base64url"),
    /** The form's answer to options that add a passkey. */
    create(options: Options, lies: Lies = {}): string {
      userHandle = options.user?.id ?? "";
      const { x, y } = publicKey.export({ format: "jwk" });
      const point = [x, y].map((part) => Buffer.from(part ?? "", "base64url"));
      const cose = map([
        [int(1), int(2)],
        [int(3), int(-7)],
        [int(-1), int(1)],
        [int(-2), bytes(point[0] ?? Buffer.alloc(0))],
        [int(-3), bytes(point[1] ?? Buffer.alloc(0))],
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      const authData = authenticatorData(ATTESTED, lies, attested);
      const attestationObject = map([
        [text("fmt"), text("none")],
        [text("attStmt"), map([])],
        [text("authData"), bytes(authData)],
      ]);
      return answer(id, { clientDataJSON: clientData("webauthn.create", options, lies), attestationObject });
    },
    /** The form's answer to options that sign in; each counts one up. */
    get(options: Options, lies: Lies = {}): string {
      counter += 1;
      const data = clientData("webauthn.get", options, lies);
      const authData = authenticatorData(0, lies);
      const signature = sign("sha256", Buffer.concat([authData, sha256(data)]), privateKey);
      if (lies.isForged) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
      const handle = Buffer.from(lies.userHandle ?? userHandle, "base64url");
      return answer(id, { clientDataJSON: data, authenticatorData: authData, signature, userHandle: handle });
    },
  };
}

function answer(id: Buffer, response: Record<string, Buffer>): string {
  const encoded = Object.fromEntries(Object.entries(response).map(([name, value]) => [name, value.toString("base64url")]));
  const name = id.toString("base64url");
  return JSON.stringify({ id: name, rawId: name, type: "public-key", response: encoded, clientExtensionResults: {} });
}

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();

// CBOR, RFC 8949 §3, as much of it as authenticators say
const head = (major: number, n: number) =>
  n < 24 ? Buffer.from([(major << 5) | n]) : n < 256 ? Buffer.from([(major << 5) | 24, n]) : long(major, n);
const long = (major: number, n: number) => Buffer.from([(major << 5) | 25, n >> 8, n & 0xff]);
const int = (n: number) => (n >= 0 ? head(0, n) : head(1, -1 - n));
const bytes = (value: Buffer) => Buffer.concat([head(2, value.length), value]);
const text = (value: string) => Buffer.concat([head(3, value.length), Buffer.from(value)]);
const map = (pairs: readonly (readonly [Buffer, Buffer])[]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()]);
