/** Above this many keys in a section, a set finds duplicates faster than looking through the list. */
const MANY_KEYS = 12;

/**
 * Collects the keys of one section. In a large file nearly every section has the keys of the one above it, in the same
 * order: it then gets that one's list, and not a string is made for it.
 */
export class KeyList {
  /** Of the section above, as far as the keys are the same. */
  readonly #above: readonly string[];
  #same = 0;
  #own: string[] | null = null;
  /** Whether a section has it by now. `[DEFAULT]` may stand in a file more than once, and goes on then. */
  #isGiven = false;
  #seen: Set<string> | null = null;

  constructor(above: readonly string[]) {
    this.#above = above;
  }

  /**
   * Adds the key that stands in `text` from `start` to `end`.
   * @returns it, lower-cased, and whether it is there already
   */
  add(text: string, start: number, end: number): { key: string; isTwice: boolean } {
    const above = this.#own === null ? this.#above[this.#same] : undefined;
    if (above !== undefined && above.length === end - start && text.startsWith(above, start)) {
      this.#same++;
      return { key: above, isTwice: false };
    }
    const key = text.slice(start, end).toLowerCase();
    if (this.#isGiven && this.#own !== null) this.#own = [...this.#own];
    this.#isGiven = false;
    this.#own ??= this.#above.slice(0, this.#same);
    const isTwice = this.#seen === null ? this.#own.includes(key) : this.#seen.has(key);
    this.#own.push(key);
    if (this.#seen !== null) this.#seen.add(key);
    else if (this.#own.length > MANY_KEYS) this.#seen = new Set(this.#own);
    return { key, isTwice };
  }

  /** All that were added. */
  list(): readonly string[] {
    this.#isGiven = true;
    if (this.#own !== null) return this.#own;
    return this.#same === this.#above.length ? this.#above : this.#above.slice(0, this.#same);
  }
}
