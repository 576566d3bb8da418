import { createHash, type KeyObject, sign, type X509Certificate } from "node:crypto";
import { integer, NULL, octets, oid, readTlv, sequence, setOf, tlv, utcTime } from "./der.ts";

const DATA = "1.2.840.113549.1.7.1";
const SIGNED_DATA = "1.2.840.113549.1.7.2";
const CONTENT_TYPE = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
const SIGNING_TIME = "1.2.840.113549.1.9.5";
const SHA_256 = sequence(oid("2.16.840.1.101.3.4.2.1"), NULL);
const RSA = sequence(oid("1.2.840.113549.1.1.1"), NULL);

/** Whose signature it is: an RSA key with its certificate, and that of who issued it. */
export interface Signer {
  readonly certificate: X509Certificate;
  readonly key: KeyObject;
  readonly authority: X509Certificate;
}

/** A signature beside the bytes that it is of: SignedData (RFC 5652, 5.1) in DER, with both certificates. */
export function signDetached(bytes: Uint8Array, { certificate, key, authority }: Signer, at: Date): Buffer {
  const attributes = [
    attribute(CONTENT_TYPE, oid(DATA)),
    attribute(SIGNING_TIME, utcTime(at)),
    attribute(MESSAGE_DIGEST, octets(createHash("sha256").update(bytes).digest())),
  ];
  const signed = setOf(...attributes); // RFC 5652, 5.4: what is signed is a set, and stands in the message under another tag
  const signer = sequence(
    integer(1),
    issuerAndSerial(certificate.raw),
    SHA_256,
    tlv(0xa0, readTlv(signed).content),
    RSA,
    octets(sign("sha256", signed, key)),
  );
  const message = sequence(integer(1), setOf(SHA_256), sequence(oid(DATA)), tlv(0xa0, certificate.raw, authority.raw), setOf(signer));
  return sequence(oid(SIGNED_DATA), tlv(0xa0, message));
}

const attribute = (type: string, value: Uint8Array) => sequence(oid(type), setOf(value));

/** RFC 5280, 4.1: the version, where there is one, the serial number, the algorithm, the issuer. */
function issuerAndSerial(certificate: Uint8Array): Buffer {
  const toBeSigned = readTlv(readTlv(certificate).content).content;
  const first = readTlv(toBeSigned);
  const serial = first.tag === 0xa0 ? readTlv(first.rest) : first;
  const issuer = readTlv(readTlv(serial.rest).rest);
  return sequence(issuer.whole, serial.whole);
}
