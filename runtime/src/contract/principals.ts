/** Room `contract`: the interface that users augment with the types of their principals. */

/**
 * What each security scheme's authenticator gives, by scheme name:
 * `declare module "@kontract/runtime" { interface Principals { apiKey: MyUser } }`.
 */
export interface Principals {}
