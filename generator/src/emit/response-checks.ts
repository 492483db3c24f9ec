/** Room `emit`: `response-checks/`: what answers must be, apart from everything else, for services that have it checked. */
import type { Answer, Api, Media, Operation } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { FilePath } from "../name/layout.js";
import { isBodiless } from "./answer-types.js";
import { subschemas } from "./check/effects.js";
import { Locals } from "./check/locals.js";
import { below } from "./check/place.js";
import { checkSchema } from "./check/schema.js";
import {
  fail,
  plain,
  provided,
  render,
  type Scope,
  soleReference,
  type Statement,
  unless,
} from "./check/scope.js";
import { possibleTypes } from "./check/types.js";
import { type Code, lines, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { responseChecksFile } from "./files.js";
import { functionName, ModelDemand } from "./model.js";
import {
  emitModelFiles,
  emitOperationFiles,
  type PartKind,
} from "./part-files.js";
import type { Reuse } from "./reuse.js";
import { rtType } from "./runtime-symbols.js";
import {
  assign,
  block,
  call,
  index,
  objectLines,
  property,
  usedParameters,
  whenBlock,
} from "./syntax.js";
import { documented, type SourceUnit } from "./unit.js";

/** Gives the files of operations whose answers can be checked. */
export function emitResponseChecks(
  context: EmitContext,
  reuse: Reuse,
): Set<FilePath> {
  const { layout } = context;
  const demand = new ModelDemand(layout, "output");
  const apart: EmitContext = {
    ...context,
    functionOf: (id, which) => demand.functionOf(id, which),
  };
  const parts: PartKind = {
    pathOf: responseChecksFile,
    emitOperations: emitOperationChecks,
    reads: "types",
    salt: [...context.writeOnly].sort().join("\n"),
  };
  const checked = emitOperationFiles(apart, demand, reuse, parts);
  for (const [file, models] of layout.modelsByFile) {
    const unit = context.unit(responseChecksFile(file));
    for (const { id } of models) {
      for (const which of ["check", "is", "mark"] as const) {
        unit.declare(functionName(layout.model(id), which, "output"));
      }
    }
  }
  emitModelFiles(apart, demand, reuse, parts);
  return checked;
}

/** One function for each operation of a file that declares anything that can be checked. */
function emitOperationChecks(
  context: EmitContext,
  unit: SourceUnit,
  list: readonly Operation[],
): void {
  const operations = list.map((operation) => ({
    operation,
    names: context.layout.operation(operation),
  }));
  unit.declare("checks");
  for (const { names } of operations) {
    unit.declare(`check${names.pascal}Response`);
  }
  const made: Code[] = [];
  for (const { operation, names } of operations) {
    const scope: Scope = {
      mode: "report",
      direction: "output",
      hidden: context.writeOnly,
      unit,
      layout: context.layout,
      locals: new Locals(),
      base: names.pascal,
      functionOf: context.functionOf,
      model: context.model,
    };
    const body = checkBody(scope, operation);
    if (body.length === 0) continue;
    const signature = usedParameters(
      [
        { name: "sent", type: rtType.SentAnswer },
        { name: "issues", type: rtType.Issues },
      ],
      body,
    );
    const check = name(`check${names.pascal}Response`);
    unit.add(ts`function ${check}${signature}: void ${block(body)}`);
    made.push(property(names.constant, check));
  }
  if (made.length === 0) return;
  unit.add(
    documented(
      "/** By operation; one that is missing declares nothing that could be checked. */",
      ts`export const checks: ${rtType.ResponseChecks} = ${objectLines(made)};`,
    ),
  );
}

function checkBody(scope: Scope, { answers }: Operation): Code[] {
  const exact = answers.filter(({ status }) => typeof status === "number");
  const ranges = answers.filter(
    ({ status }) => typeof status === "string" && status !== "default",
  );
  const rest = answers.find(({ status }) => status === "default");
  const open: Code[] = [];
  for (const answer of ranges) {
    const first = Number(String(answer.status).charAt(0));
    const statements = checkAnswer(scope, answer);
    // Before `default`, a range also keeps its statuses from it.
    if (statements.length === 0 && rest === undefined) continue;
    open.push(
      whenBlock(ts`Math.floor(sent.status / 100) === ${first}`, [
        ...statements,
        ...(rest === undefined ? [] : [ts`break;`]),
      ]),
    );
  }
  if (rest) open.push(...checkAnswer(scope, rest));
  const cases = exact.flatMap((answer) => {
    const statements = checkAnswer(scope, answer);
    if (statements.length === 0 && open.length === 0) return [];
    return [
      ts`case ${Number(answer.status)}:
  ${lines([...statements, ts`break;`])}`,
    ];
  });
  if (cases.length + open.length === 0) return [];
  const last =
    open.length === 0
      ? []
      : [
          ts`default:
  ${lines(open)}`,
        ];
  return [
    ts`switch (sent.status) {
  ${lines([...cases, ...last])}
}`,
  ];
}

function checkAnswer(scope: Scope, answer: Answer): Code[] {
  const out = checkHeaders(scope, answer);
  if (isBodiless(answer.status)) return out;
  const several = answer.media.length > 1;
  for (const media of answer.media) {
    const statements = render(scope, checkMedia(scope, media));
    if (statements.length === 0) continue;
    if (several) {
      out.push(whenBlock(ts`sent.type === ${media.type}`, statements));
    } else out.push(...statements);
  }
  return out;
}

/** What the runtime writes whatever a handler gives. */
const FRAMING = new Set([
  "content-length",
  "content-type",
  "transfer-encoding",
]);

/** What the runtime may add by itself after a handler has answered: not to be missed there. */
const OWN = new Set(
  `accept-ranges age allow cache-control content-disposition content-range date
deprecation etag last-modified link ratelimit ratelimit-policy retry-after sunset vary
www-authenticate x-request-id`.split(/\s+/),
);

function checkHeaders(scope: Scope, { headers }: Answer): Code[] {
  return headers.flatMap((header) => {
    const local = scope.locals.claim(header.name);
    const place = below(["header"], header.name);
    const checks = checkSchema(scope, header.schema, { value: local, place });
    const absent = ts`${local} === undefined`;
    if (FRAMING.has(header.name)) return [];
    const statements =
      header.required && !OWN.has(header.name)
        ? unless(scope, absent, [fail(scope, place, "required")], checks)
        : provided(scope, ts`${local} !== undefined`, checks);
    if (statements.length === 0) return [];
    const value = index(ts`sent.headers`, header.name);
    return [assign(ts`const ${local}`, value), ...render(scope, statements)];
  });
}

/** JSON is looked at as it was written, texts where they are described as such. */
function checkMedia(scope: Scope, media: Media): Statement[] {
  const { codec, schema } = media;
  if (codec === "text") {
    const types = possibleTypes(scope, schema);
    if (types.size !== 1 || !types.has("string")) return [];
  } else if (codec !== "json") return [];
  const reference = soleReference(schema);
  if (reference !== undefined) {
    const check = scope.functionOf(reference, "check");
    const args = [ts`sent.body`, ts`${"body"}`, name("issues")];
    return [plain(ts`${call(check, args)};`)];
  }
  const local = scope.locals.claim("content");
  const statements = checkSchema(scope, schema, {
    value: local,
    place: ["body"],
  });
  if (statements.length === 0) return [];
  return [plain(assign(ts`const ${local}`, ts`sent.body`)), ...statements];
}

/** Names that some schema declares as write-only, at any depth. */
export function membersNeverSent({ groups, models }: Api): Set<string> {
  const found = new Set<string>();
  const seen = new Set<Schema>();
  const pending = [...models.values()].map(({ schema }) => schema);
  for (const { operations } of groups) {
    for (const { answers } of operations) {
      pending.push(
        ...answers.flatMap(({ media }) => media.map(({ schema }) => schema)),
      );
    }
  }
  for (let next = pending.pop(); next; next = pending.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const field of next.object?.fields ?? []) {
      if (field.schema.access === "write") found.add(field.name);
    }
    pending.push(...subschemas(next));
  }
  return found;
}
