/** Room `webhooks`: why something was not sent. */

/** Nothing was sent: the URL is none that requests go to, or `allow` said no. */
export class RefusedTargetError extends Error {
  override readonly name = "RefusedTargetError";
}

/** Nothing was sent: the message does not fit the contract. `faults` are places and keywords, never values. */
export class InvalidMessageError extends Error {
  override readonly name = "InvalidMessageError";
  readonly faults: readonly string[];

  constructor(id: string, faults: readonly string[]) {
    super(
      `${id} is not sent, it does not fit the contract: ${faults.join(", ")}`,
    );
    this.faults = faults;
  }
}
