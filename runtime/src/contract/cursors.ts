/** Room `contract`: the interface that users augment with what their cursors hold. */

/**
 * What a cursor of each operation holds, by operation id: `declare module "@kontract/runtime" { interface Cursors
 * { listBooks: { title: string; id: string } } }`. Any JSON value; a string where nothing is said.
 */
export interface Cursors {}
