/** HTML that is safe to print as it is. What joins it is escaped. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }

  toString(): string {
    return this.html;
  }

  toJSON(): string {
    return this.html;
  }
}

/** Text of a template: plain or safe. */
export type Text = string | Markup;

/** A str, plain or marked safe. */
export function isText(value: unknown): value is Text {
  return typeof value === "string" || value instanceof Markup;
}

/** Text that is safe when its model is. */
export function like(model: Text, made: string): Text {
  return model instanceof Markup ? new Markup(made) : made;
}

/** Escaping is on; an autoescape block changes it while it renders, which no other render sees: rendering never waits. */
export const autoescape = { isOn: true };
