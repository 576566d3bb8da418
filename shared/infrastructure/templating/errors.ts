/** Jinja2's own names of what can go wrong, and Python's where the fault is the expression's. */
export type ErrorKind =
  | "TemplateSyntaxError"
  | "TemplateAssertionError"
  | "TemplateNotFound"
  | "TemplatesNotFound"
  | "TemplateRuntimeError"
  | "UndefinedError"
  | "FilterArgumentError"
  | "AssertionError"
  | "AttributeError"
  | "IndexError"
  | "KeyError"
  | "OverflowError"
  | "RecursionError"
  | "RuntimeError"
  | "TypeError"
  | "ValueError"
  | "ZeroDivisionError";

/**
 * A template that can't be compiled or rendered. name is its kind; the message begins with the template's name
 * and the line (counted from 1) where it happened, once it is located.
 */
export class TemplateError extends Error {
  readonly kind: ErrorKind;
  template: string | null = null;
  line: number | null;

  constructor(kind: ErrorKind, message: string, line: number | null = null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.line = line;
  }

  override get name(): string {
    return this.kind;
  }
}

/** Gives up with an error of a kind; where it happened is added on the way out of the template. */
export function raise(kind: ErrorKind, message: string): never {
  throw new TemplateError(kind, message);
}

/** The same error, telling the innermost template and line it came from; errors of helpers are wrapped with their cause. */
export function located(error: unknown, template: string, line: number): TemplateError {
  const ours = error instanceof TemplateError ? error : wrapped(error);
  if (ours.template !== null) return ours;
  ours.template = template;
  ours.line ??= line;
  ours.message = `(${template}) [Line ${ours.line}]\n  ${ours.message}`;
  return ours;
}

function wrapped(error: unknown): TemplateError {
  // templates that include themselves, or data that holds itself, end here
  if (error instanceof RangeError) return new TemplateError("RecursionError", error.message, null, error);
  return new TemplateError("TemplateRuntimeError", error instanceof Error ? `${error.name}: ${error.message}` : String(error), null, error);
}
