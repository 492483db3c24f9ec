/** Room `links`: says with each answer where to go from here: `Link` fields (RFC 8288), and members of bodies. */
import type {
  LinkFacts,
  LinkPlace,
  LinksPolicy,
} from "../contract/policies.js";
import type { Exchange, HandlerResponse, Policy } from "../contract/policy.js";
import type { WireResponse } from "../contract/wire-response.js";
import { hrefOf, mountOf } from "./href.js";
import { mayFollow } from "./may-follow.js";
import { withList, withMember } from "./with-member.js";

type Answer = LinksPolicy["answers"][number];
/** References by relation. */
type Hrefs = readonly (readonly [rel: string, href: string])[];

/** What is added when the body is written. */
interface Pending {
  readonly field: string | undefined;
  readonly added:
    { readonly member: string; readonly value: object } | undefined;
}

/** `path` is the operation's own. */
export function bindLinks(
  { answers, header, shared }: LinksPolicy,
  path: string,
): Policy {
  const pending = new WeakMap<Exchange, Pending>();

  function hrefs(
    links: readonly LinkFacts[],
    exchange: Exchange,
    response: HandlerResponse,
    item: unknown,
  ): Hrefs {
    const mount = mountOf(exchange.ctx.originalUrl, path);
    const who =
      shared === true ? { granted: undefined, principal: undefined } : exchange;
    return links.flatMap((link) => {
      if (!mayFollow(link.security, who)) return [];
      const href = hrefOf(link, mount, { exchange, response, item });
      return href === undefined ? [] : [[link.rel, href] as const];
    });
  }

  return {
    shape(exchange, response) {
      const answer = answerOf(answers, response.status);
      if (answer === undefined) return response;
      const whole = answer.links.filter(({ item }) => item !== true);
      const own = hrefs(whole, exchange, response, undefined);
      const { body: place, items } = answer;
      pending.set(exchange, {
        field: header === true ? fieldOf(own) : undefined,
        added:
          place?.added === true && own.length > 0
            ? { member: place.member, value: linksAs(place, own) }
            : undefined,
      });
      let { body } = response;
      if (items !== undefined) {
        const each = answer.links.filter(({ item }) => item === true);
        body = withList(body, items.list, (item) =>
          put(item, items, hrefs(each, exchange, response, item)),
        );
      }
      if (place !== undefined && place.added !== true) {
        body = put(body, place, own);
      }
      return body === response.body ? response : { ...response, body };
    },
    seal(exchange, wire) {
      const made = pending.get(exchange);
      if (made === undefined) return wire;
      const { field, added } = made;
      const linked = field === undefined ? wire : withField(wire, field);
      return added === undefined ? linked : insert(linked, added);
    },
  };
}

function answerOf(
  answers: readonly Answer[],
  status: number,
): Answer | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return [status, range, "default"]
    .map((key) => answers.find((answer) => answer.status === key))
    .find((answer) => answer !== undefined);
}

/** What the handler says of itself, and what pagination does, stays. */
function put(body: unknown, place: LinkPlace, own: Hrefs): unknown {
  return withMember(body, place.member, (known) => {
    const made = linksAs(place, own);
    if (Array.isArray(made)) {
      return Array.isArray(known) ? [...known, ...made] : made;
    }
    return typeof known === "object" && known !== null
      ? { ...made, ...known }
      : made;
  });
}

function linksAs({ form }: LinkPlace, own: Hrefs): object {
  if (form === "list") return own.map(([rel, href]) => ({ rel, href }));
  return Object.fromEntries(
    own.map(([rel, href]) => [rel, form === "texts" ? href : { href }]),
  );
}

function fieldOf(own: Hrefs): string | undefined {
  if (own.length === 0) return undefined;
  return own.map(([rel, href]) => `<${href}>; rel="${rel}"`).join(", ");
}

function withField(wire: WireResponse, field: string): WireResponse {
  // Without a prototype: a header may be called `__proto__`.
  const headers: Record<string, unknown> = Object.create(null);
  let known: unknown;
  for (const [name, value] of Object.entries(wire.headers ?? {})) {
    if (name.toLowerCase() === "link") known = value;
    else headers[name] = value;
  }
  const others = Array.isArray(known) ? known : [known];
  const all = [...others.filter((each) => each !== undefined), field];
  return { ...wire, headers: { ...headers, Link: all.join(", ") } };
}

/** As the first member of an object that does not have it. */
function insert(
  wire: WireResponse,
  { member, value }: NonNullable<Pending["added"]>,
): WireResponse {
  const { body, type } = wire;
  if (typeof body !== "string" || !body.startsWith("{")) return wire;
  if (!/[/+]json\b/i.test(type ?? "")) return wire;
  const own = JSON.stringify({ [member]: value }).slice(0, -1);
  const rest = body.slice(1);
  return { ...wire, body: `${own}${rest === "}" ? "" : ","}${rest}` };
}
