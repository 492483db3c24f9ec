/** `@kontract/runtime/client`: what the generated `client.ts` stands on. Runs wherever there is `fetch`. */
export type { Call, CallInput, ClientAnswer } from "./client/call-types.js";
export { connect } from "./client/connect.js";
export type {
  CallTable,
  CallDescription,
  ClientOptions,
  CredentialOf,
} from "./client/description.js";
