import type { Comparison, Constant, Expression, Operator, Place } from "../ast/ast.ts";
import { compareText, constantText } from "../ast/constants.ts";
import type { Mistake, MistakeCode } from "../errors.ts";

/** 2^53: up to here every integer has its own double. */
const EXACT = 2 ** 53;

/** A comparison or an operation that has no value. Whoever evaluates decides whether it matters (see naive.ts). */
export class BuiltinError extends Error {
  readonly mistake: Mistake;

  constructor(code: MistakeCode, message: string, at?: Place) {
    super(message);
    this.mistake = at ? { code, message, at } : { code, message };
  }
}

/** lookup gives each variable's value; all are bound. Throws BuiltinError. */
export function evaluate(expression: Expression, lookup: (name: string) => Constant): Constant {
  switch (expression.kind) {
    case "const":
      return expression.value;
    case "var":
      return lookup(expression.name);
    case "op": {
      const [a, b] = expression.args.map((arg) => number(evaluate(arg, lookup), expression.at));
      return calculate(expression.op, a ?? 0, b ?? 0, expression.at);
    }
    default:
      throw new BuiltinError("unsafe-variable", "This has no value.", expression.at);
  }
}

/** One operation; b is ignored by those of one operand. */
export function calculate(op: Operator, a: number, b: number, at?: Place): number {
  switch (op) {
    case "+":
      return exact(a + b, a, b, (x, y) => x + y, at);
    case "-":
      return exact(a - b, a, b, (x, y) => x - y, at);
    case "*":
      return exact(a * b, a, b, (x, y) => x * y, at);
    case "/":
      return finite(a / nonZero(b, at), at);
    case "//":
      return finite((a - (a % nonZero(b, at))) / b, at); // exact, and towards zero as in Prolog
    case "mod": {
      const rest = a % nonZero(b, at);
      return finite(rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest, at); // the sign of the divisor, as in Prolog
    }
    case "min":
      return Math.min(a, b);
    case "max":
      return Math.max(a, b);
    case "abs":
      return Math.abs(a);
    case "neg":
      return 0 - a;
  }
}

/** `<` and its kind compare numbers with numbers and strings with strings, else throw BuiltinError. */
export function holds(op: Comparison, left: Constant, right: Constant, at?: Place): boolean {
  if (op === "=" || op === "==" || op === "is") return left === right;
  if (op === "!=") return left !== right;
  const order = ordered(left, right, at);
  switch (op) {
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
  }
}

function ordered(left: Constant, right: Constant, at: Place | undefined): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  throw new BuiltinError("type-error", `${constantText(left)} and ${constantText(right)} have no order: one is a number, one is not.`, at);
}

export function number(value: Constant, at?: Place): number {
  if (typeof value === "number") return value;
  throw new BuiltinError("type-error", `Arithmetic needs numbers; ${constantText(value)} is none.`, at);
}

function nonZero(value: number, at: Place | undefined): number {
  if (value === 0) throw new BuiltinError("division-by-zero", "This divides by zero.", at);
  return value;
}

/** A double beyond 2^53 is an integer that is not exact, whatever it was made from. */
function finite(value: number, at: Place | undefined): number {
  if (Math.abs(value) > EXACT) throw overflow(at);
  return value + 0; // never -0: it would be another constant than 0
}

/** Integers beyond 2^53 are an error, never a rounding; at the border only a calculation in integers can tell. */
function exact(value: number, a: number, b: number, again: (x: bigint, y: bigint) => bigint, at: Place | undefined): number {
  if (Math.abs(value) < EXACT || !Number.isInteger(a) || !Number.isInteger(b)) return finite(value, at);
  if (Math.abs(value) === EXACT && again(BigInt(a), BigInt(b)) === BigInt(value)) return value;
  throw overflow(at);
}

function overflow(at: Place | undefined): BuiltinError {
  return new BuiltinError("overflow", "This number is beyond 2^53, where integers stop being exact.", at);
}
