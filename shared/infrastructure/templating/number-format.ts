import { raise } from "./errors.ts";
import { fixed } from "./numbers.ts";
import { floatText } from "./text.ts";

/** How a number is to be shown: what % and format() have in common. */
export interface NumberStyle {
  /** e E f F g G %, or "" for format()'s own way. */
  readonly type: string;
  readonly precision: number | null;
  /** "-": only below zero; "+": always; " ": a space above. */
  readonly sign: string;
  /** "," or "_" between thousands, or "". */
  readonly grouping: string;
  /** Keeps the point and the zeros that would be dropped. */
  readonly isAlternate: boolean;
}

/** A float's digits with its sign, by printf's letter. */
export function formatFloat(value: number, style: NumberStyle): string {
  const sign = value < 0 || Object.is(value, -0) ? "-" : style.sign === "-" ? "" : style.sign;
  const body = Number.isFinite(value) ? floatBody(Math.abs(value), style) : Number.isNaN(value) ? "nan" : "inf";
  return sign + (/[EFG]/.test(style.type) ? body.toUpperCase() : body);
}

/** Digits with a mark between each three. */
export function grouped(digits: string, mark: string, size = 3): string {
  return mark === "" ? digits : digits.replace(new RegExp(`\\B(?=([0-9a-fA-F]{${size}})+(?![0-9a-fA-F]))`, "g"), mark);
}

/** An exponent of at least two digits, as C writes it. */
function exponential(value: number, precision: number): string {
  const [mantissa = "", power = ""] = value.toExponential(precision).split("e");
  return `${mantissa}e${power.slice(0, 1)}${power.slice(1).padStart(2, "0")}`;
}

function floatBody(value: number, style: NumberStyle): string {
  const precision = style.precision ?? 6;
  if (precision > 100) raise("ValueError", "the precision is too large");
  switch (style.type.toLowerCase()) {
    case "f":
      return withGroups(pointed(fixed(value, precision), style), style);
    case "%":
      return `${withGroups(pointed(fixed(value * 100, precision), style), style)}%`;
    case "e":
      return pointed(exponential(value, precision), style);
    case "g":
      return withGroups(pointed(general(value, precision || 1, style.isAlternate), style), style);
    default:
      return withGroups(style.precision === null ? floatText(value) : shortest(value, style.precision || 1), style);
  }
}

/** With a point even when nothing stands behind it, if # asks for it. */
function pointed(digits: string, { isAlternate }: NumberStyle): string {
  return isAlternate && !digits.includes(".") ? digits.replace(/(?=e|$)/, ".") : digits;
}

function general(value: number, precision: number, keepsZeros: boolean): string {
  const power = value === 0 ? 0 : Number(value.toExponential(precision - 1).split("e")[1]);
  if (power < -4 || power >= precision) {
    const [mantissa = "", exponent = ""] = exponential(value, precision - 1).split("e");
    return `${keepsZeros ? mantissa : trimmed(mantissa)}e${exponent}`;
  }
  const digits = fixed(value, Math.max(0, precision - 1 - power));
  return keepsZeros ? digits : trimmed(digits);
}

/** format() with a precision and no letter: as g, but a whole number keeps one zero behind its point. */
function shortest(value: number, precision: number): string {
  const power = value === 0 ? 0 : Number(value.toExponential(precision - 1).split("e")[1]);
  const made = general(value, precision, false);
  if (/[.e]/.test(made)) return made;
  if (power < precision - 1) return `${made}.0`;
  const [mantissa = "", exponent = ""] = exponential(value, precision - 1).split("e");
  return `${trimmed(mantissa)}e${exponent}`;
}

function trimmed(digits: string): string {
  return digits.includes(".") ? digits.replace(/\.?0+$/, "") : digits;
}

function withGroups(digits: string, { grouping }: NumberStyle): string {
  if (grouping === "") return digits;
  const [whole = "", ...rest] = digits.split(/(?=[.e])/);
  return grouped(whole, grouping) + rest.join("");
}
