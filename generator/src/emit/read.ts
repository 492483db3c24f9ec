/** Room `emit`: `read<Operation>`: decodes, checks and fills in defaults. */
import type { Media, Operation, Param } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import type { OperationNames } from "../name/layout.js";
import { checkFunction, isOneValue } from "./body-codec.js";
import { planBody } from "./body-plan.js";
import { Locals } from "./check/locals.js";
import { below, type Place, placeCode } from "./check/place.js";
import { checkSchema } from "./check/schema.js";
import {
  checkOf,
  fail,
  plain,
  provided,
  render,
  type Scope,
  soleReference,
  type Statement,
  unless,
} from "./check/scope.js";
import { type Code, lines, mentions, name, ts } from "./code.js";
import type { EmitContext } from "./context.js";
import { convertedOf, decoderOf } from "./custom.js";
import { decodeParam } from "./param/decode.js";
import { policyMembers } from "./policy-types.js";
import { rt, rtType } from "./runtime-symbols.js";
import {
  assign,
  block,
  call,
  index,
  isPlainKey,
  objectLiteral,
  parameters,
  property,
  when,
} from "./syntax.js";
import type { SourceUnit } from "./unit.js";

/** Members of a request, in the order in which handlers see them. */
const PLACES = [
  { member: "params", place: "path" },
  { member: "query", place: "query" },
  { member: "headers", place: "header" },
  { member: "cookies", place: "cookie" },
] as const;

export function emitRead(
  context: EmitContext,
  unit: SourceUnit,
  operation: Operation,
  names: OperationNames,
): void {
  const request = name(`${names.pascal}Request`);
  const scope: Scope = {
    mode: "report",
    unit,
    layout: context.layout,
    locals: new Locals(),
    base: names.pascal,
    functionOf: context.functionOf,
    model: context.model,
    sent: operation.sent === true,
  };
  const body: Code[] = [];
  const members: Code[] = [];
  for (const { member, place } of PLACES) {
    const params = paramsOf(operation, place);
    if (params.length === 0) continue;
    members.push(readPlace(scope, member, params, operation.params, body));
  }
  members.push(...readBody(scope, operation, body));
  const reader = name(`read${names.pascal}`);
  if (members.length === 0) {
    const given = policyMembers(operation, names.constant).length > 0;
    const result = hasPrincipal(operation)
      ? ts`return {} as ${request}; // the runtime adds the principal`
      : given
        ? ts`return {} as ${request}; // the runtime adds what policies give`
        : ts`return {};`;
    unit.add(ts`function ${reader}(): ${request} ${block([...body, result])}`);
    return;
  }
  const signature = [ts`raw: ${rtType.RawRequest}`];
  if ([...body, ...members].some((code) => mentions(code, "issues"))) {
    signature.push(ts`issues: ${rtType.Issues}`);
  }
  unit.add(
    ts`function ${reader}${parameters(signature)}: ${request} ${block([
      ...body,
      ts`// Trusted only when there are no issues: the runtime answers 400 or 422 otherwise.`,
      ts`return ${objectLiteral(members)} as ${request};`,
    ])}`,
  );
}

/** The parameters of one member of the request; a whole query string is a member of `query` by its name. */
export function paramsOf(
  { params }: Operation,
  place: (typeof PLACES)[number]["place"],
): Param[] {
  return params.filter(
    (param) =>
      param.in === place || (place === "query" && param.in === "querystring"),
  );
}

/** Does the handler receive a principal? */
export function hasPrincipal({ security }: Operation): boolean {
  return security.some(({ schemes }) => schemes.length > 0);
}

/** The parameters of one place as a member of the result; statements go into `body`. */
function readPlace(
  scope: Scope,
  member: string,
  params: readonly Param[],
  all: readonly Param[],
  body: Code[],
): Code {
  const always: Code[] = [];
  const sometimes: Code[] = [];
  const target = name(member);
  for (const param of params) {
    const key = param.in === "header" ? param.name.toLowerCase() : param.name;
    const local = scope.locals.claim(param.name);
    const decoded = decodeParam(scope, param, all);
    body.push(
      assign(
        ts`const ${local}`,
        decoded.value,
        decoded.hasDefault ? "below" : "fluid",
      ),
    );
    const place = below([param.in === "querystring" ? "query" : param.in], key);
    const checks = checkSchema(scope, param.schema, {
      value: local,
      place,
      ...(decoded.known ? { known: decoded.known } : {}),
      ...(decoded.knownItems ? { knownItems: decoded.knownItems } : {}),
    });
    body.push(
      ...render(
        scope,
        present(scope, param, decoded.hasDefault, local, place, checks),
      ),
    );
    const result = decodedValue(scope, param.schema, local, place);
    const plainMember =
      result === local &&
      isPlainKey(key) &&
      local.kind === "text" &&
      local.text === key;
    if (param.required || decoded.hasDefault) {
      always.push(plainMember ? local : property(key, result));
    } else if (key === "__proto__") {
      sometimes.push(
        when(
          ts`${local} !== undefined`,
          ts`${call(rt.define, [target, ts`${key}`, result])};`,
        ),
      );
    } else {
      sometimes.push(
        when(ts`${local} !== undefined`, assign(index(target, key), result)),
      );
    }
  }
  if (sometimes.length === 0) return ts`${target}: ${objectLiteral(always)}`;
  const start = always.length === 0 ? ts`{}` : objectLiteral(always);
  body.push(ts`const ${target}: Record<string, unknown> = ${start};`);
  body.push(...sometimes);
  return target;
}

/** Where a parameter may be missing, its checks run only when it is there. */
function present(
  scope: Scope,
  param: Param,
  hasDefault: boolean,
  local: Code,
  place: Parameters<typeof fail>[1],
  checks: readonly Statement[],
): Statement[] {
  if (param.in === "path" || hasDefault) return [...checks];
  if (param.required) {
    return unless(
      scope,
      ts`${local} === undefined`,
      [fail(scope, place, "required")],
      checks,
    );
  }
  return provided(scope, ts`${local} !== undefined`, checks);
}

function readBody(scope: Scope, operation: Operation, body: Code[]): Code[] {
  const declared = operation.body?.media ?? [];
  const [first] = declared;
  if (first === undefined) return [];
  const local = name("body");
  const required = operation.body?.required === true;
  body.push(ts`const ${local} = raw.body;`);
  if (isOneValue(scope, declared)) {
    const statements = bodyChecks(scope, first, local);
    body.push(
      ...render(
        scope,
        required
          ? statements
          : provided(scope, ts`${local} !== undefined`, statements),
      ),
    );
    const result = bodyValue(scope, first, local);
    const member = result === local ? local : property("body", result);
    return required
      ? [member]
      : [ts`...(${local} === undefined ? {} : { ${member} })`];
  }
  const cases = declared.flatMap((each) => {
    const statements = render(scope, bodyChecks(scope, each, local));
    if (statements.length === 0) return [];
    return [
      ts`case ${each.type}:
  ${lines([...statements, ts`break;`])}`,
    ];
  });
  if (cases.length > 0) {
    body.push(ts`switch (raw.mediaType) {
  ${lines(cases)}
}`);
  }
  const tagged = name("tagged");
  body.push(
    ts`const ${tagged} = { contentType: raw.mediaType, value: ${local} };`,
  );
  return required
    ? [ts`body: ${tagged}`]
    : [ts`...(${local} === undefined ? {} : { body: ${tagged} })`];
}

/** A value as its handler sees it, where the configuration has a type for it. */
function decodedValue(
  scope: Scope,
  schema: Schema,
  local: Code,
  place: Place,
): Code {
  const custom = convertedOf(scope, schema);
  if (custom === undefined) return local;
  return call(rt.decoded, [
    local,
    decoderOf(custom),
    placeCode(place),
    name("issues"),
  ]);
}

function bodyValue(scope: Scope, media: Media | undefined, local: Code): Code {
  return media?.codec === "json" || media?.codec === "text"
    ? decodedValue(scope, media.schema, local, ["body"])
    : local;
}

/** Of what is read as it arrives, each piece is checked when it is there. */
function bodyChecks(scope: Scope, media: Media, local: Code): Statement[] {
  const plan = planBody(scope, media);
  if (plan.kind === "bytes" || plan.kind === "lines") return [];
  const { schema } = plan;
  if (plan.kind === "json" && plan.patch) {
    const check = checkFunction(scope, schema, `check${scope.base}Patch`);
    const issues = call(rt.withoutDefaults, [name("issues")]);
    return check
      ? [plain(ts`${call(check, [local, ts`${"body"}`, issues])};`)]
      : [];
  }
  const reference = soleReference(schema);
  if (reference !== undefined) {
    const check = scope.functionOf(reference, checkOf(scope, reference));
    return [plain(ts`${call(check, [local, ts`${"body"}`, name("issues")])};`)];
  }
  return checkSchema(scope, schema, { value: local, place: ["body"] });
}
