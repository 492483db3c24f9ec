/** Room `mock`: a handler for each operation, which answers from the document. */
import { problem } from "@kontract/runtime";
import type { Operation } from "../model/api.js";
import type { Layout } from "../name/layout.js";
import { createSampler } from "../sample/sample.js";
import { type Choice, chooseAnswer } from "./choose-answer.js";
import { applied, readPrefer } from "./prefer.js";
import { type AskedPage, sampleBody } from "./sample-body.js";
import { sampleHeaders } from "./sample-headers.js";

/** What a mock looks at of a handler's input. */
interface MockInput {
  ctx: {
    get(name: string): string;
    set(name: string, value: string): void;
    vary(name: string): void;
  };
  page?: AskedPage;
  preconditions?: { readonly ifMatch: unknown };
}

interface MockAnswer {
  status: number;
  body?: unknown;
  headers?: object;
  type?: string;
  total?: number;
}

type MockHandler = (input: MockInput) => MockAnswer;

/** By group and operation, as `createRouter` takes them. */
export type MockHandlers = Record<string, Record<string, MockHandler>>;

export function mockHandlers(layout: Layout): MockHandlers {
  const sampler = createSampler(layout.api.models);

  const handlerOf =
    (operation: Operation): MockHandler =>
    ({ ctx, page, preconditions }) => {
      // There is nothing that could have changed: what the client has is what there is.
      void preconditions?.ifMatch;
      const wanted = readPrefer(ctx.get("Prefer"));
      ctx.vary("Prefer");
      const choice = chooseAnswer(operation, wanted, ctx.get("Accept"));
      if (choice === undefined) {
        throw problem.notImplemented({
          detail: "the document declares no answer of this operation",
        });
      }
      const followed = applied(choice.preference);
      if (followed !== "") ctx.set("Preference-Applied", followed);
      return answerOf(choice, page);
    };

  function answerOf(choice: Choice, page: AskedPage | undefined): MockAnswer {
    const { answer, status, media } = choice;
    const made = sampleBody(choice, sampler, page);
    if ("unsatisfiable" in made) {
      throw problem.notImplemented({
        detail: `no value was found that the schema of the ${status} answer allows`,
      });
    }
    const headers = sampleHeaders(answer, sampler);
    return {
      status,
      ...made,
      ...(headers && { headers }),
      ...(media && answer.media.length > 1 && { type: media.type }),
    };
  }

  return Object.fromEntries(
    layout.api.groups.map((group) => [
      layout.group(group).key,
      Object.fromEntries(
        group.operations.map((operation) => [
          layout.operation(operation).constant,
          handlerOf(operation),
        ]),
      ),
    ]),
  );
}
