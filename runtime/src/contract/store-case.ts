/** Room `contract`: what a store of any kind must do, one case at a time, for whatever test runner. */

/** Give `run` a fresh store, or one that shares nothing with other cases; it rejects with an AssertionError when the store fails. */
export interface StoreCase<Store> {
  readonly name: string;
  run(store: Store): Promise<void>;
}
