/** Ajv's opinion of request bodies, on schemas brought to plain JSON Schema 2020-12. */
import addFormats, { type FormatName } from "ajv-formats";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, JsonObject } from "../../generator/src/load/document.js";
import { isObject } from "./any-value.js";
import type { Components } from "./schema-values.js";

/** Formats that both sides assert. */
const FORMATS: FormatName[] = [
  "date-time",
  "date",
  "time",
  "duration",
  "email",
  "hostname",
  "ipv4",
  "ipv6",
  "uri",
  "uri-reference",
  "uuid",
  "uri-template",
  "json-pointer",
  "relative-json-pointer",
  "regex",
  "byte",
  "int32",
  "int64",
  "float",
  "double",
];

export type Oracle = (name: string) => (value: Json) => boolean;

export function ajvOracle(
  components: Components,
  version: "3.0" | "3.1",
): Oracle {
  const ajv = openAjv();
  const schemas = Object.fromEntries(
    Object.entries(components).map(([name, schema]) => [
      name,
      plain(schema, components, version),
    ]),
  );
  ajv.addSchema({ $id: "kontract:components", components: { schemas } });
  return (name) => {
    const pointer = encodeURIComponent(
      name.replaceAll("~", "~0").replaceAll("/", "~1"),
    );
    const validate = ajv.compile({
      $ref: `kontract:components#/components/schemas/${pointer}`,
    });
    return (value) => validate(value) === true;
  };
}

/** With the formats that both sides assert, and nothing said of what is odd about schemas. */
export function openAjv(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    logger: false,
    // real documents list names twice, and worse
    validateSchema: false,
    validateFormats: true,
    allErrors: false,
    code: { regExp: Object.assign(lenientRegExp, { code: "RegExp" }) },
  });
  addFormats.default(ajv, { formats: FORMATS });
  // Theirs asks for an integer of any size.
  ajv.addFormat("int64", { type: "number", validate: isIn64Bits });
  return ajv;
}

function isIn64Bits(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) <= 2 ** 63;
}

/** Documents hold patterns that are valid only without the `u` flag. */
function lenientRegExp(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags);
  } catch {
    return new RegExp(source, flags.replace("u", ""));
  }
}

function plain(
  schema: Json,
  components: Components,
  version: "3.0" | "3.1",
): Json {
  if (!isObject(schema)) return schema;
  const next = (value: Json): Json => plain(value, components, version);
  // 3.0: members beside a reference are ignored.
  if (version === "3.0" && typeof schema["$ref"] === "string")
    return { $ref: schema["$ref"] };
  const out: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    switch (keyword) {
      case "properties":
      case "patternProperties":
      case "$defs":
      case "dependentSchemas":
        out[keyword] = isObject(value)
          ? Object.fromEntries(
              Object.entries(value).map(([name, each]) => [name, next(each)]),
            )
          : value;
        break;
      case "allOf":
      case "anyOf":
      case "oneOf":
      case "prefixItems":
        out[keyword] = Array.isArray(value) ? value.map(next) : value;
        break;
      case "items":
      case "not":
      case "additionalProperties":
      case "contains":
      case "if":
      case "then":
      case "else":
      case "propertyNames":
      case "unevaluatedProperties":
      case "unevaluatedItems":
        out[keyword] = next(value);
        break;
      case "example":
      case "examples":
      case "default":
      case "xml":
      case "nullable":
      // It only tells which branch to look at: the same values are valid.
      case "discriminator":
        break;
      default:
        out[keyword] = value;
    }
  }
  plainBounds(out);
  plainReadOnly(out, schema, components);
  return schema["nullable"] === true ? plainNullable(out) : out;
}

/** 3.0: the exclusive bounds are booleans beside the bounds. */
export function plainBounds(out: JsonObject): void {
  for (const [bound, exclusive] of [
    ["minimum", "exclusiveMinimum"],
    ["maximum", "exclusiveMaximum"],
  ] as const) {
    const flag = out[exclusive];
    if (typeof flag !== "boolean") continue;
    delete out[exclusive];
    const limit = out[bound];
    if (!flag || limit === undefined) continue;
    out[exclusive] = limit;
    delete out[bound];
  }
}

/** Properties that only responses carry are not asked of requests, and not looked at: what was sent is dropped. */
function plainReadOnly(
  out: JsonObject,
  schema: JsonObject,
  components: Components,
): void {
  const properties = schema["properties"];
  const kept = out["properties"];
  if (!isObject(properties) || !isObject(kept)) return;
  const dropped = new Set<Json>();
  for (const [name, property] of Object.entries(properties)) {
    if (!isReadOnly(property, components)) continue;
    dropped.add(name);
    kept[name] = true;
  }
  const required = out["required"];
  if (Array.isArray(required)) {
    out["required"] = required.filter((name) => !dropped.has(name));
  }
}

function isReadOnly(schema: Json | undefined, components: Components): boolean {
  if (!isObject(schema)) return false;
  if (schema["readOnly"] === true) return true;
  const name = /^#\/components\/schemas\/(.*)$/.exec(
    String(schema["$ref"]),
  )?.[1];
  return name !== undefined && isReadOnly(components[name], {});
}

/** 3.0.3: adds null to the type beside it; beside applicators it is written to mean "or null". */
export function plainNullable(out: JsonObject): Json {
  const values = out["enum"];
  const refusesNull = Array.isArray(values) && !values.includes(null);
  const wraps = ["allOf", "anyOf", "oneOf", "$ref", "not"].some(
    (keyword) => out[keyword] !== undefined,
  );
  if (wraps) return refusesNull ? out : { anyOf: [out, { type: "null" }] };
  const type = out["type"];
  if (typeof type === "string") out["type"] = [type, "null"];
  else if (Array.isArray(type)) out["type"] = [...type, "null"];
  return out;
}
