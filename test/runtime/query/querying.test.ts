/** Filters, orders and selections, from the document to the wire: what handlers are given, what clients see. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordingLogger, type Running } from "../fixture/serve.js";
import { serveDocument } from "../../service.js";
import { document, SECRET } from "./document.js";

interface Input {
  filter?: unknown;
  sort?: unknown;
  fields?: unknown;
  include?: unknown;
  reply: { ok(body: unknown, extra?: object): unknown };
}

const TASK = {
  id: 1,
  title: "Write",
  status: "new",
  priority: null,
  tags: ["a", "b"],
  createdAt: new Date(Date.UTC(2026, 0, 1)),
  author: { name: "Ada", email: "ada@example.com" },
  secret: SECRET,
  undeclared: SECRET,
};

describe("a list that clients ask for", () => {
  let running: Running;
  let given: Omit<Input, "reply"> | undefined;
  const { logger, lines } = recordingLogger();

  const seen = ({ filter, sort, fields, include }: Input) => {
    given = { filter, sort, fields, include };
  };
  const answering = (body: unknown, extra?: object) => (input: Input) => {
    seen(input);
    return input.reply.ok(body, extra);
  };

  beforeAll(async () => {
    const root = {
      brackets: answering([]),
      declared: answering([]),
      jsonapi: answering([]),
      rsql: answering([]),
      sorted: answering([]),
      chosen: answering([TASK, TASK], { total: 2 }),
      one: answering(TASK),
      all: answering([TASK]),
    };
    running = await serveDocument("querying", document, { root }, { logger });
  });
  afterAll(() => running.close());
  beforeEach(() => {
    given = undefined;
  });

  async function ask(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(running.url + path, { headers });
    const text = await response.text();
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    return { status: response.status, body, headers: response.headers };
  }

  async function filterOf(path: string) {
    const { status, body } = await ask(path);
    expect({ status, body }).toEqual({ status: 200, body: [] });
    return given?.filter;
  }

  /** The faults of a refused request, whose handler must not have been called. */
  async function faultsOf(path: string) {
    const { status, body } = await ask(path);
    expect(status).toBe(400);
    expect(given).toBeUndefined();
    const errors: unknown = Reflect.get(body as object, "errors");
    return errors;
  }

  const is = (field: string, operator: string, value: unknown) => ({
    field,
    operator,
    value,
  });

  describe("filters in brackets", () => {
    it.each<[string, object[]]>([
      ["", []],
      ["filter[status]=new", [is("status", "eq", "new")]],
      [
        "filter[status]=new&filter[status]=open",
        [is("status", "in", ["new", "open"])],
      ],
      ["filter[status][in]=new,open", [is("status", "in", ["new", "open"])]],
      ["filter[status][nin][]=new", [is("status", "nin", ["new"])]],
      [
        "filter[createdAt][gte]=2026-01-01T00:00:00Z&filter[priority][gt]=-2",
        [
          is("createdAt", "gte", "2026-01-01T00:00:00Z"),
          is("priority", "gt", -2),
        ],
      ],
      [
        "createdAt[gte]=2026-01-01T00:00:00Z&createdAt[lt]=2027-01-01T00:00:00%2B02:00",
        [
          is("createdAt", "gte", "2026-01-01T00:00:00Z"),
          is("createdAt", "lt", "2027-01-01T00:00:00+02:00"),
        ],
      ],
      ["filter[due][null]=true", [is("due", "null", true)]],
      ["filter[due]=2026-02-28", [is("due", "eq", "2026-02-28")]],
      ["filter[weight][lte]=1.5e3", [is("weight", "lte", 1500)]],
      ["filter[done]=false", [is("done", "eq", false)]],
      ["filter[priority][in]=1,2", [is("priority", "in", [1, 2])]],
      // Commas are text where no list is taken.
      ["filter[title]=a,b", [is("title", "eq", "a,b")]],
      ["filter[title][contains]=%25_'", [is("title", "contains", "%_'")]],
      ["filter[author.name]=Ada", [is("author.name", "eq", "Ada")]],
      ["filter[author][name]=Ada", [is("author.name", "eq", "Ada")]],
    ])("%s", async (query, expected) => {
      expect(await filterOf(`/brackets?${query}`)).toEqual(expected);
    });

    const fields = Object.keys(
      document.paths["/brackets"].get["x-filter"].allowed,
    );

    it.each<[string, string, string, unknown]>([
      ["filter[secret]=x", "#/secret", "field", fields],
      ["filter[__proto__]=x", "#/__proto__", "field", fields],
      ["filter[constructor][name]=x", "#/constructor", "field", fields],
      ["filter[author][email]=x", "#/author/email", "field", fields],
      ["filter[status][gt]=new", "#/status/gt", "operator", undefined],
      ["filter[createdAt]=2026-01-01", "#/createdAt", "operator", undefined],
      ["filter[status]=old", "#/status", "enum", ["new", "open", "closed"]],
      [
        "filter[status][in]=new,old",
        "#/status/in",
        "enum",
        ["new", "open", "closed"],
      ],
      [
        "filter[createdAt][gte]=2026-02-30T00:00:00Z",
        "#/createdAt/gte",
        "format",
        "date-time",
      ],
      ["filter[due]=2026-2-1", "#/due", "format", "date"],
      ["filter[priority]=1.5", "#/priority", "type", "integer"],
      ["filter[priority]=0x10", "#/priority", "type", "integer"],
      ["filter[weight][lte]=", "#/weight/lte", "type", "number"],
      ["filter[weight][lte]=NaN", "#/weight/lte", "type", "number"],
      ["filter[done]=1", "#/done", "type", "boolean"],
      ["filter[due][null]=yes", "#/due/null", "type", "boolean"],
      [
        "filter[priority][gt]=1&filter[priority][gt]=2",
        "#/priority/gt",
        "repeated",
        undefined,
      ],
    ])("refuses %s", async (query, pointer, code, limit) => {
      const fault = { in: "query", parameter: "filter", pointer, code };
      expect(await faultsOf(`/brackets?${query}`)).toEqual([
        expect.objectContaining(
          limit === undefined ? fault : { ...fault, limit },
        ),
      ]);
    });

    it("has a bound on conditions and on values", async () => {
      expect(
        await faultsOf(
          `/brackets?filter[priority][eq]=1&filter[priority][gt]=1&filter[due][null]=true&filter[done]=true&createdAt[gte]=2026-01-01T00:00:00Z`,
        ),
      ).toEqual([expect.objectContaining({ code: "maxConditions", limit: 4 })]);
      const many = Array.from({ length: 101 }, () => "1").join(",");
      expect(await faultsOf(`/brackets?filter[priority][in]=${many}`)).toEqual([
        expect.objectContaining({ code: "maxItems", limit: 100 }),
      ]);
    });

    it("tells of all faults at once", async () => {
      expect(
        await faultsOf("/brackets?filter[a]=1&filter[done]=x&filter[b]=2"),
      ).toHaveLength(3);
    });
  });

  describe("filters in parameters of their own", () => {
    it("are typed by the parameters, and by the object's schema", async () => {
      expect(
        await filterOf(
          "/declared?status=new&priority[gt]=3&filter[weight][lte]=7",
        ),
      ).toEqual([
        is("weight", "lte", 7),
        is("status", "eq", "new"),
        is("priority", "gt", 3),
      ]);
    });

    it.each([
      "status=old",
      "priority[gt]=-1",
      "filter[weight][lte]=101",
      "filter[weight][gt]=1",
      "filter[status]=new",
    ])("refuses %s", async (query) => {
      expect(await faultsOf(`/declared?${query}`)).toHaveLength(1);
    });
  });

  describe("filters of JSON:API", () => {
    it.each<[string, object[]]>([
      ["filter[status]=new,open", [is("status", "in", ["new", "open"])]],
      ["filter[status]=new", [is("status", "eq", "new")]],
      ["filter[title]=a,b", [is("title", "eq", "a,b")]],
      ["filter[priority]=1,2", [is("priority", "in", [1, 2])]],
    ])("%s", async (query, expected) => {
      expect(await filterOf(`/jsonapi?${query}`)).toEqual(expected);
    });
  });

  describe("filters in RSQL", () => {
    it.each<[string, object[]]>([
      ["", []],
      ["status==new", [is("status", "eq", "new")]],
      [
        "status!=new;priority=gt=2",
        [is("status", "ne", "new"), is("priority", "gt", 2)],
      ],
      [
        "priority>2;weight<=1.5",
        [is("priority", "gt", 2), is("weight", "lte", 1.5)],
      ],
      [
        "status==new,done==true;weight=le=1",
        [
          {
            anyOf: [
              [is("status", "eq", "new")],
              [is("done", "eq", true), is("weight", "lte", 1)],
            ],
          },
        ],
      ],
      [
        "(status==new,done==true);priority=in=(1,2)",
        [
          {
            anyOf: [[is("status", "eq", "new")], [is("done", "eq", true)]],
          },
          is("priority", "in", [1, 2]),
        ],
      ],
      ["status=out=(new,open)", [is("status", "nin", ["new", "open"])]],
      ["status=in=new", [is("status", "in", ["new"])]],
      [
        "title=contains='it\\'s; (a, b)'",
        [is("title", "contains", "it's; (a, b)")],
      ],
      ['title=="a b"', [is("title", "eq", "a b")]],
      [
        "createdAt=ge=2026-01-01T00:00:00Z",
        [is("createdAt", "gte", "2026-01-01T00:00:00Z")],
      ],
      ["due=null=true", [is("due", "null", true)]],
      ["author.name==Ada", [is("author.name", "eq", "Ada")]],
    ])("%s", async (query, expected) => {
      const filter = await filterOf(`/rsql?q=${encodeURIComponent(query)}`);
      expect(filter).toEqual(expected);
    });

    it.each<[string, string, unknown]>([
      ["status", "rsql", 7],
      ["status==", "rsql", 9],
      ["==new", "rsql", 1],
      ["status==new;", "rsql", 13],
      ["status==new)", "rsql", 12],
      ["(status==new", "rsql", 13],
      ["status==new status==new", "rsql", 12],
      ["status=new", "rsql", 7],
      ["title=='open", "rsql", 13],
      ["(((status==new)))", "maxDepth", 2],
      [Array(6).fill("done==true").join(","), "maxConditions", 5],
      ["secret==x", "field", undefined],
      ["status=gt=new", "operator", ["eq", "ne", "in", "nin"]],
      ["status=like=new", "operator", ["eq", "ne", "in", "nin"]],
      ["status==old", "enum", ["new", "open", "closed"]],
      ["priority==a", "type", "integer"],
      ["priority==(1,2)", "repeated", undefined],
      ["createdAt=ge=yesterday", "format", "date-time"],
      [`title==${"a".repeat(8192)}`, "maxLength", 8192],
    ])("refuses %s", async (query, code, limit) => {
      const fault = { in: "query", parameter: "q", code };
      expect(await faultsOf(`/rsql?q=${encodeURIComponent(query)}`)).toEqual([
        expect.objectContaining(
          limit === undefined ? fault : { ...fault, limit },
        ),
      ]);
    });
  });

  describe("an order", () => {
    const key = (field: string, direction = "asc") => ({ field, direction });
    it.each<[string, object[]]>([
      ["", [key("createdAt", "desc"), key("id")]],
      ["sort=", [key("createdAt", "desc"), key("id")]],
      ["sort=title", [key("title"), key("id")]],
      [
        "sort=-priority,title",
        [key("priority", "desc"), key("title"), key("id")],
      ],
      ["sort=%2Btitle", [key("title"), key("id")]],
      ["sort=title&order=desc", [key("title", "desc"), key("id")]],
      ["sort=title&order=ASC", [key("title"), key("id")]],
      [
        "sort=-title,priority&order=desc",
        [key("title", "desc"), key("priority", "desc"), key("id")],
      ],
    ])("%s", async (query, expected) => {
      await ask(`/sorted?${query}`);
      expect(given?.sort).toEqual(expected);
    });

    it.each<[string, string, string, unknown]>([
      ["sort=secret", "sort", "field", ["createdAt", "title", "priority"]],
      ["sort=-", "sort", "field", ["createdAt", "title", "priority"]],
      ["sort=id", "sort", "field", ["createdAt", "title", "priority"]],
      ["sort=title desc", "sort", "field", ["createdAt", "title", "priority"]],
      ["sort=title,-priority,createdAt", "sort", "maxItems", 2],
      ["sort=title,-title", "sort", "uniqueItems", undefined],
      ["sort=title&order=down", "order", "enum", ["asc", "desc"]],
    ])("refuses %s", async (query, parameter, code, limit) => {
      const fault = { in: "query", parameter, code };
      expect(await faultsOf(`/sorted?${query}`)).toEqual([
        expect.objectContaining(
          limit === undefined ? fault : { ...fault, limit },
        ),
      ]);
    });
  });

  describe("a selection", () => {
    it("cuts items, and leaves the envelope", async () => {
      const { body } = await ask("/chosen?fields=title,author.name");
      const item = { title: "Write", author: { name: "Ada" } };
      expect(body).toEqual({ items: [item, item], total: 2 });
      expect(given?.fields).toEqual(["title", "author.name"]);
    });

    it("is the whole answer where nobody chooses and nothing is said", async () => {
      const { body } = await ask("/chosen");
      expect(given?.fields).toBeUndefined();
      expect(body).toMatchObject({
        items: [{ id: 1, author: TASK.author, secret: SECRET }, {}],
      });
      expect(JSON.stringify(body)).not.toContain("undeclared");
    });

    it("cuts a single object, down to its default too", async () => {
      expect((await ask("/one")).body).toEqual({ id: 1, title: "Write" });
      expect(given?.fields).toEqual(["id", "title"]);
      expect((await ask("/one?only=author,id")).body).toEqual({
        id: 1,
        author: TASK.author,
      });
      expect(given?.fields).toEqual(["author", "id"]);
    });

    it.each([
      "/chosen?fields=secret",
      "/chosen?fields=id,secret",
      "/chosen?fields=author",
      "/chosen?fields=author.email",
      "/chosen?fields=__proto__",
      "/chosen?fields=*",
      "/one?only=secret",
      "/one?only=status",
    ])("never has what is not allowed: %s", async (path) => {
      const parameter = path.startsWith("/one") ? "only" : "fields";
      const limit = path.startsWith("/one")
        ? ["id", "title", "author"]
        : ["id", "title", "status", "author.name", "tags"];
      expect(await faultsOf(path)).toEqual([
        expect.objectContaining({
          in: "query",
          parameter,
          code: "enum",
          limit,
        }),
      ]);
    });

    it("has an entity tag of its own", async () => {
      const tags = new Set<string | null>();
      for (const query of ["", "?fields=id", "?fields=title", "?fields=id"]) {
        const { headers } = await ask(`/chosen${query}`);
        tags.add(headers.get("etag"));
      }
      expect(tags.size).toBe(3);
      expect(tags).not.toContain(null);
      const [, ofIds] = tags;
      const again = await ask("/chosen?fields=id", {
        "if-none-match": ofIds ?? "",
      });
      expect(again.status).toBe(304);
      const other = await ask("/chosen?fields=title", {
        "if-none-match": ofIds ?? "",
      });
      expect(other.status).toBe(200);
    });

    it("is kept by itself where answers are kept", async () => {
      expect((await ask("/all?fields=id")).body).toEqual([{ id: 1 }]);
      expect((await ask("/all?fields=title")).body).toEqual([
        { title: "Write" },
      ]);
      given = undefined;
      expect((await ask("/all?fields=id")).body).toEqual([{ id: 1 }]);
      expect(given).toBeUndefined();
    });

    it("has every declared member where all may be chosen", async () => {
      expect(await faultsOf("/all?fields=undeclared")).toEqual([
        expect.objectContaining({
          limit: Object.keys(document.components.schemas.Task.properties),
        }),
      ]);
    });
  });

  it("names what is to be included", async () => {
    await ask("/chosen?include=comments&include=author,comments");
    expect(given?.include).toEqual(["comments", "author"]);
    await ask("/chosen");
    expect(given?.include).toEqual([]);
    given = undefined;
    expect(await faultsOf("/chosen?include=secret")).toEqual([
      expect.objectContaining({
        parameter: "include",
        code: "enum",
        limit: ["author", "comments"],
      }),
    ]);
  });

  it("hears of the faults of all parameters at once", async () => {
    expect(await faultsOf("/all?fields=x&sort=y&filter[z]=1")).toHaveLength(3);
  });

  it("leaves nothing in the log but what its handlers give away", () => {
    const others = lines.filter(
      ({ message }) =>
        !/ and was sent without: body [/\w]*\/undeclared$/.test(message),
    );
    expect(others).toEqual([]);
  });
});
