import { raise } from "./errors.ts";
import { isFloat, isInt, isNumber, typeName } from "./types.ts";
import { refuseUndefined } from "./undefined.ts";
import { Float, float, int } from "./values.ts";

/** A number of the dialect. */
export type Num = number | bigint | Float;

type Pair = { kind: "int"; a: bigint; b: bigint } | { kind: "float"; a: number; b: number };

/** A float's or int's value as a JavaScript number. */
export function toNumber(value: number | bigint | boolean | Float): number {
  return value instanceof Float ? value.value : Number(value);
}

/** left + right of two numbers; null when they are not. */
export function addNumbers(left: unknown, right: unknown): Num | null {
  const pair = pairOf(left, right);
  if (pair === null) return null;
  return pair.kind === "int" ? int(pair.a + pair.b) : float(pair.a + pair.b);
}

/** left * right of two numbers; null when they are not. */
export function multiplyNumbers(left: unknown, right: unknown): Num | null {
  const pair = pairOf(left, right);
  if (pair === null) return null;
  return pair.kind === "int" ? int(pair.a * pair.b) : float(pair.a * pair.b);
}

/** left - right. */
export function subtract(left: unknown, right: unknown): Num {
  const pair = pairOf(left, right) ?? unsupported("-", left, right);
  return pair.kind === "int" ? int(pair.a - pair.b) : float(pair.a - pair.b);
}

/** left / right: always a float. */
export function divide(left: unknown, right: unknown): Num {
  const pair = pairOf(left, right) ?? unsupported("/", left, right);
  if (Number(pair.b) === 0) raise("ZeroDivisionError", pair.kind === "int" ? "division by zero" : "float division by zero");
  return float(Number(pair.a) / Number(pair.b));
}

/** left // right: rounded down, below zero too. */
export function floorDivide(left: unknown, right: unknown): Num {
  const pair = pairOf(left, right) ?? unsupported("//", left, right);
  if (Number(pair.b) === 0) {
    raise("ZeroDivisionError", pair.kind === "int" ? "integer division or modulo by zero" : "float floor division by zero");
  }
  if (pair.kind === "float") return float(Math.floor((pair.a - floatModulo(pair.a, pair.b)) / pair.b + 0.5));
  return int((pair.a - intModulo(pair.a, pair.b)) / pair.b);
}

/** left % right of two numbers, with the sign of right; null when they are not. */
export function moduloNumbers(left: unknown, right: unknown): Num | null {
  const pair = pairOf(left, right);
  if (pair === null) return null;
  if (Number(pair.b) === 0) raise("ZeroDivisionError", pair.kind === "int" ? "integer division or modulo by zero" : "float modulo");
  return pair.kind === "int" ? int(intModulo(pair.a, pair.b)) : float(floatModulo(pair.a, pair.b));
}

const MAX_POWER_BITS = 100_000n;

/** left ** right: an int to the power of a negative one is a float. */
export function power(left: unknown, right: unknown): Num {
  const pair = pairOf(left, right) ?? unsupported("** or pow()", left, right);
  if (pair.kind === "int" && pair.b >= 0n) {
    const bits = BigInt(pair.a.toString(2).length);
    if (pair.a * pair.a > 1n && bits * pair.b > MAX_POWER_BITS) raise("OverflowError", "the power is too large");
    return int(pair.a ** pair.b);
  }
  const [base, exponent] = [Number(pair.a), Number(pair.b)];
  if (base === 0 && exponent < 0) raise("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  return float(base ** exponent);
}

/** -value. */
export function negate(value: unknown): Num {
  return signed("-", value, -1n);
}

/** +value. */
export function plus(value: unknown): Num {
  return signed("+", value, 1n);
}

/** Refuses two operands by the names of their types. */
export function unsupported(operator: string, left: unknown, right: unknown): never {
  refuseUndefined(left);
  refuseUndefined(right);
  return raise("TypeError", `unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`);
}

/** A float rounded half to even at a number of decimals (or, below zero, of whole digits), from its exact value. */
export function roundFloat(value: number, decimals: number): number {
  if (!Number.isFinite(value) || decimals > 100) return value;
  if (decimals < 0) return roundHalfEven(value / 10 ** -decimals) * 10 ** -decimals;
  return Number(fixed(value, decimals));
}

/** A float's digits with a number of decimals, as Python's %f: an exact half goes to the even digit. */
export function fixed(value: number, decimals: number): string {
  // toFixed leaves numbers from 1e21 on to the exponent; these are whole
  if (Math.abs(value) >= 1e21) return decimals === 0 ? BigInt(value).toString() : `${BigInt(value)}.${"0".repeat(decimals)}`;
  const made = value.toFixed(decimals);
  // toFixed is exact, but takes the larger of two that are as near
  const halves = Math.abs(value) * 2 ** (decimals + 1);
  const isHalf = Number.isInteger(halves) && halves % 2 === 1;
  if (!isHalf || Number(made.at(-1)) % 2 === 0) return made;
  const digits = (BigInt(made.replace(/[-.]/g, "")) - 1n).toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  return `${value < 0 ? "-" : ""}${digits.slice(0, point)}${decimals === 0 ? "" : `.${digits.slice(point)}`}`;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function pairOf(left: unknown, right: unknown): Pair | null {
  if (!isNumber(left) || !isNumber(right)) return null;
  if (isFloat(left) || isFloat(right)) return { kind: "float", a: toNumber(left), b: toNumber(right) };
  return { kind: "int", a: BigInt(left), b: BigInt(right) };
}

function intModulo(a: bigint, b: bigint): bigint {
  const rest = a % b;
  return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest;
}

function floatModulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function signed(operator: string, value: unknown, sign: bigint): Num {
  refuseUndefined(value);
  if (typeof value === "boolean" || isInt(value)) return int(sign * BigInt(value));
  if (isFloat(value)) return float(Number(sign) * toNumber(value));
  return raise("TypeError", `bad operand type for unary ${operator}: '${typeName(value)}'`);
}
