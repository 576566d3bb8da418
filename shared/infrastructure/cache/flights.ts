/** Work under way, by name: whoever wants the same while it runs waits for it instead of beginning again. */
export class Flights<T> {
  readonly #underWay = new Map<string, Promise<T>>();

  /** null: nobody is at it. */
  join(name: string): Promise<T> | null {
    return this.#underWay.get(name) ?? null;
  }

  /** work: must not reject. */
  start(name: string, work: Promise<T>): void {
    this.#underWay.set(name, work);
    void work.finally(() => this.#underWay.get(name) === work && this.#underWay.delete(name));
  }
}
