/** Room `server`: one request's way through the policies of its operation. */
import type { RouterContext } from "@koa/router";
import type {
  DecodedRequest,
  Exchange,
  HandlerResponse,
  Outcome,
  Policy,
} from "../contract/policy.js";
import type { SecurityRequirement } from "../contract/security.js";
import type { WireResponse } from "../contract/wire-response.js";
import type { PlainProblem } from "../errors/problem.js";
import { setOwn } from "../read/own-data.js";
import type { Endpoint } from "./endpoint.js";
import { wireOf } from "./failure.js";

/** Made only for operations that have policies. */
export class PolicyRun implements Exchange {
  readonly ctx: RouterContext;
  readonly variables: Readonly<Record<string, string>>;
  principal: unknown = undefined;
  granted: SecurityRequirement | undefined = undefined;
  request: DecodedRequest | undefined = undefined;
  readonly #endpoint: Endpoint;
  readonly #layers: readonly Policy[];
  /** The layers whose `arrive` was called and that have not settled. */
  #arrived = 0;
  /** The layers that saw the request go inwards, and see the answer come out. */
  #entered = 0;
  #input: object | undefined;

  constructor(
    endpoint: Endpoint,
    ctx: RouterContext,
    values: readonly string[],
  ) {
    this.#endpoint = endpoint;
    this.#layers = endpoint.policies ?? [];
    this.ctx = ctx;
    const variables: Record<string, string> = {};
    for (const [at, name] of endpoint.template.variables.entries()) {
      setOwn(variables, name, values[at] ?? "");
    }
    this.variables = variables;
  }

  async arrive(): Promise<void> {
    for (const layer of this.#layers) {
      this.#arrived++;
      await layer.arrive?.(this);
    }
  }

  async admit(principal: unknown): Promise<void> {
    this.principal = principal;
    for (const layer of this.#layers) await layer.admit?.(this);
  }

  /** An answer means that the handler is not called. `input` is the handler's. */
  async enter(
    request: DecodedRequest,
    input: object,
  ): Promise<WireResponse | undefined> {
    this.request = request;
    this.#input = input;
    for (const layer of this.#layers) {
      const wire = await layer.enter?.(this);
      if (wire !== undefined) return wire;
      this.#entered++;
    }
    return undefined;
  }

  give(name: string, value: unknown): void {
    if (this.#input === undefined)
      throw new Error("the handler has no input yet");
    Reflect.set(this.#input, name, value);
  }

  /** Calls the handler, as the layers around it want. */
  call(handler: () => unknown): Promise<unknown> {
    let call = async (): Promise<unknown> => handler();
    for (const layer of this.#layers.toReversed()) {
      if (layer.around === undefined) continue;
      const inner = call;
      call = async () => layer.around?.(this, inner);
    }
    return call();
  }

  async shape(response: HandlerResponse): Promise<HandlerResponse> {
    let shaped = response;
    for (const layer of this.#layers.toReversed()) {
      shaped = (await layer.shape?.(this, shaped)) ?? shaped;
    }
    return shaped;
  }

  /** The answer as it is sent; all layers have settled then. */
  async seal(wire: WireResponse): Promise<WireResponse> {
    let sealed = wire;
    for (const layer of this.#layers.slice(0, this.#entered).toReversed()) {
      sealed = (await layer.seal?.(this, sealed)) ?? sealed;
    }
    await this.settle({ wire: sealed });
    return sealed;
  }

  /** The request ends with a problem, or with nothing where the client is gone. */
  async refuse(
    failure: PlainProblem | undefined,
    error?: unknown,
  ): Promise<void> {
    const wire = failure && wireOf(failure);
    await this.settle(error === undefined ? { wire } : { wire, error });
  }

  /** Never rejects: the answer stands by now. */
  async settle(outcome: Outcome): Promise<void> {
    const layers = this.#layers.slice(0, this.#arrived);
    this.#arrived = 0;
    for (const layer of layers.toReversed()) {
      try {
        await layer.settle?.(this, outcome);
      } catch (error) {
        const { route, service } = this.#endpoint;
        service.logger.error("a policy failed after the answer was made", {
          operationId: route.id,
          error,
        });
      }
    }
  }
}
