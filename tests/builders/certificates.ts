import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { integer, NULL, oid, sequence, setOf, tlv, utcTime } from "../../events/services/wallet-pass/der.ts";

const SHA_256_WITH_RSA = sequence(oid("1.2.840.113549.1.1.11"), NULL);
const NAMES: Readonly<Record<string, string>> = { CN: "2.5.4.3", OU: "2.5.4.11", UID: "0.9.2342.19200300.100.1.1" };

export interface Issued {
  readonly certificate: string;
  readonly key: string;
}

/** A certificate (RFC 5280) with its key as PEM; issuer: who signs it, none: itself. */
export function aCertificate(
  subject: Readonly<Record<string, string>>,
  issuer?: { subject: Readonly<Record<string, string>> } & Issued,
): Issued {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const toBeSigned = sequence(
    tlv(0xa0, integer(2)),
    tlv(0x02, Buffer.concat([Buffer.of(1), randomBytes(8)])),
    SHA_256_WITH_RSA,
    nameOf(issuer?.subject ?? subject),
    sequence(utcTime(new Date(0)), utcTime(new Date("2049-01-01T00:00:00Z"))),
    nameOf(subject),
    publicKey.export({ type: "spki", format: "der" }),
  );
  const by: KeyObject = issuer === undefined ? privateKey : createPrivateKey(issuer.key);
  const whole = sequence(toBeSigned, SHA_256_WITH_RSA, tlv(0x03, Buffer.of(0), sign("sha256", toBeSigned, by)));
  return { certificate: pem("CERTIFICATE", whole), key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

function nameOf(subject: Readonly<Record<string, string>>): Buffer {
  return sequence(
    ...Object.entries(subject).map(([name, value]) => setOf(sequence(oid(NAMES[name] ?? ""), tlv(0x0c, Buffer.from(value))))),
  );
}

function pem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
