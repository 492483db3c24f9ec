/** Room `model`: limits in the words of API gateways, as far as they say the same. */
import type { Json, JsonObject } from "../../load/document.js";
import { below } from "../below.js";
import {
  isObject,
  listMember,
  member,
  objectMember,
  textMember,
} from "../member.js";
import { durationOf, unitOf } from "./duration.js";
import type { Extension, PolicyPlace } from "./policy-place.js";
import type { WrittenLimit } from "./rate-limit.js";

type Origin = Extension["origin"];

const SPANS = ["second", "minute", "hour", "day", "month"] as const;

/** Kong's plugin `rate-limiting`: `config: { minute: 5, limit_by: ip }`; windows follow each other there. */
export function readKong(
  value: Json,
  origin: Origin,
): WrittenLimit[] | undefined {
  if (!isObject(value)) return undefined;
  if (member(value, "enabled") === false) return [];
  const config = objectMember(value, "config");
  if (config === undefined) return undefined;
  const by = textMember(config, "limit_by") ?? "consumer";
  const header = textMember(config, "header_name");
  const key =
    by === "header" && header !== undefined
      ? `$request.header.${header}`
      : by === "path"
        ? "route"
        : by;
  const closed = member(config, "fault_tolerant") === false;
  const limits = SPANS.flatMap((name): WrittenLimit[] => {
    const quota = member(config, name);
    if (quota === undefined || quota === null) return [];
    return [
      {
        value: {
          name,
          quota,
          window: unitOf(name) ?? 0,
          key,
          algorithm: "fixed-window",
          ...(closed ? { onFailure: "closed" } : {}),
        },
        origin: below(origin, "config"),
      },
    ];
  });
  return limits.length > 0 ? limits : undefined;
}

/** Yandex' gateway: `{ allRequests: { rps: 10 } }`, or the rates themselves. */
export function readYandex(
  value: Json,
  origin: Origin,
): WrittenLimit[] | undefined {
  if (!isObject(value)) return undefined;
  const all = objectMember(value, "allRequests") ?? value;
  const limits = (["rps", "rpm"] as const).flatMap((name): WrittenLimit[] => {
    const quota = member(all, name);
    if (quota === undefined) return [];
    const window = name === "rps" ? 1 : 60;
    return [{ value: { name, quota, window, key: "global" }, origin }];
  });
  return limits.length > 0 ? limits : undefined;
}

/** Google's gateway: what an operation costs stands there, the limits of each metric at the root. */
export function readGoogle(
  place: PolicyPlace,
): { extension: Extension; limits: WrittenLimit[] } | undefined {
  const extension = place.nearest(
    "x-google-api-management",
    "x-google-management",
  );
  const costs = place.own("x-google-quota");
  if (extension === undefined || costs === undefined) return undefined;
  if (!isObject(extension.value) || !isObject(costs.value)) return undefined;
  const metrics = objectMember(costs.value, "metricCosts") ?? {};
  const quota = objectMember(extension.value, "quota");
  if (quota === undefined) return undefined;
  const limits = namedLimits(quota).flatMap(
    ({ name, limit }): WrittenLimit[] => {
      const cost = member(metrics, textMember(limit, "metric") ?? "");
      if (cost === undefined) return [];
      const values = member(limit, "values");
      const [first] = isObject(values) ? Object.values(values) : [values];
      // `1/min/{project}`
      const [, unit = "min"] = (textMember(limit, "unit") ?? "").split("/");
      return [
        {
          value: {
            name,
            quota: first ?? null,
            window: durationOf(unit) ?? null,
            key: "apiKey",
            cost,
          },
          origin: below(extension.origin, "quota"),
        },
      ];
    },
  );
  return { extension, limits };
}

/** `{ limits: [{ name, … }] }`, or an object by name. */
function namedLimits(quota: JsonObject): { name: string; limit: JsonObject }[] {
  const listed = listMember(quota, "limits").filter((each) => isObject(each));
  if (listed.length > 0) {
    return listed.map((limit, at) => ({
      name: textMember(limit, "name") ?? `limit-${at + 1}`,
      limit,
    }));
  }
  return Object.entries(quota).flatMap(([name, limit]) =>
    isObject(limit) ? [{ name, limit }] : [],
  );
}
