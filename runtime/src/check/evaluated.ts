/** Room `check`: members and items that a schema has evaluated, for `unevaluatedProperties` and `unevaluatedItems`. */

/** JSON Schema 2020-12, core, section 7.7.1: annotations that applicators leave behind. */
export class Evaluated {
  readonly #properties = new Set<string>();
  readonly #items = new Set<number>();
  #allProperties = false;
  #itemsTo = 0;

  addProperty(name: string): void {
    this.#properties.add(name);
  }

  /** Every property, whatever its name. */
  addProperties(): void {
    this.#allProperties = true;
  }

  /** Every item. */
  addItems(): void {
    this.#itemsTo = Number.POSITIVE_INFINITY;
  }

  /** The first `count` items. */
  addItemsTo(count: number): void {
    if (count > this.#itemsTo) this.#itemsTo = count;
  }

  /** The items for which the guard answers yes. */
  addItemsWhere(
    items: readonly unknown[],
    guard: (item: unknown) => boolean,
  ): void {
    for (const [at, item] of items.entries()) {
      if (guard(item)) this.#items.add(at);
    }
  }

  hasProperty(name: string): boolean {
    return this.#allProperties || this.#properties.has(name);
  }

  hasItem(at: number): boolean {
    return at < this.#itemsTo || this.#items.has(at);
  }
}
