import { encodeQR } from "qr";

/** A QR code as SVG, which any size suits. quartile: a quarter of it may be dirty or torn. */
export function qrSvg(text: string): string {
  return encodeQR(text, "svg", { ecc: "quartile", border: 4 });
}
