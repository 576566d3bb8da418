import nunjucks from "nunjucks";

/**
 * Where nunjucks lets another compiler in: instead of a template's text the loader gives its environment the compiled
 * functions, which the environment keeps by name.
 */
export class TemplateLoader extends nunjucks.Loader {
  readonly #source: (name: string) => string | null;
  readonly #compile: (source: string, name: string) => object;
  #cache: Record<string, unknown> = Object.create(null) as Record<string, unknown>;

  constructor(source: (name: string) => string | null, compile: (source: string, name: string) => object) {
    super();
    this.#source = source;
    this.#compile = compile;
  }

  /** The environment sets and reads it; a name like "constructor" must not be found in it. */
  get cache(): Record<string, unknown> {
    return this.#cache;
  }

  set cache(entries: Record<string, unknown>) {
    this.#cache = Object.assign(Object.create(null) as Record<string, unknown>, entries);
  }

  /** Names are paths from the search path's folders, never from the template that asks. */
  override isRelative(): boolean {
    return false;
  }

  getSource(name: string): nunjucks.LoaderSource {
    const source = this.#source(name);
    // nunjucks reports a template as missing on null, and takes compiled ones: its types leave both out
    const made = source === null ? null : { src: { type: "code", obj: this.#compile(source, name) }, path: name, noCache: false };
    return made as unknown as nunjucks.LoaderSource;
  }
}
