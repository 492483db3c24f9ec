/** A base schema with a `discriminator` stands for its children: in types, in checks of requests, in what is sent. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  compileErrors,
  documentOf,
  type Generated,
  generated,
  rejectedLines,
  served,
  type Service,
} from "./service.js";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (schema: object) => ({ "application/json": { schema } });

const pet = (kind: object = { type: "string" }) => ({
  type: "object",
  required: ["name", "petType"],
  properties: { name: { type: "string" }, petType: kind },
  discriminator: { propertyName: "petType", mapping: { dog: ref("Dog").$ref } },
});

/** The example of the specification (3.0.4 and 3.1.1, section "Models with Polymorphism Support"). */
const schemas = {
  Pet: pet(),
  Cat: {
    allOf: [
      ref("Pet"),
      {
        type: "object",
        required: ["huntingSkill"],
        properties: {
          huntingSkill: { type: "string", enum: ["clueless", "lazy"] },
          friend: ref("Pet"),
        },
      },
    ],
  },
  Dog: {
    allOf: [
      ref("Pet"),
      {
        type: "object",
        required: ["packSize"],
        properties: {
          packSize: { type: "integer", minimum: 0 },
          secret: { type: "string", writeOnly: true },
        },
      },
    ],
  },
  Puppy: {
    allOf: [ref("Dog"), { properties: { weeks: { type: "integer" } } }],
  },
  Owner: {
    type: "object",
    properties: { pets: { type: "array", items: ref("Pet") } },
  },
  Beast: pet({ type: "string", enum: ["dog", "Cow"] }),
  Cow: {
    allOf: [
      ref("Beast"),
      {
        type: "object",
        required: ["milk"],
        properties: { milk: { type: "number" } },
      },
    ],
  },
};

const echo = (id: string, schema: object) => ({
  post: {
    operationId: id,
    requestBody: { required: true, content: json(schema) },
    responses: { 200: { description: "", content: json(schema) } },
  },
});

const paths = {
  "/pets": echo("postPet", ref("Pet")),
  "/owners": echo("postOwner", ref("Owner")),
  "/cats": echo("postCat", ref("Cat")),
  "/beasts": echo("postBeast", ref("Beast")),
};

describe.each(["3.0.4", "3.1.1"])("inheritance in OpenAPI %s", (version) => {
  let output: Generated;
  let service: Service;
  beforeAll(async () => {
    output = await generated(
      `inheritance-${version}`,
      documentOf(paths, { schemas }, version),
    );
    const back = ({ body }: { body: object }) => ({ status: 200, body });
    service = await served(output, {
      root: { postPet: back, postOwner: back, postCat: back, postBeast: back },
    });
  });
  afterAll(() => service.close());

  const send = async (path: string, body: unknown) => {
    const response = await fetch(service.url + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as {
      errors?: { pointer: string; code: string }[];
    };
    return response.status === 200
      ? answer
      : answer.errors?.map(({ pointer, code }) => `${pointer} ${code}`);
  };

  it("keeps what a child declares, and nothing else", async () => {
    const cat = { name: "Tom", petType: "Cat", huntingSkill: "lazy" };
    expect(await send("/pets", { ...cat, more: 1 })).toEqual(cat);
    const dog = { name: "Rex", petType: "dog", packSize: 3 };
    expect(await send("/pets", { ...dog, secret: "x" })).toEqual(dog);
    const puppy = { ...dog, petType: "Puppy", weeks: 6 };
    expect(await send("/pets", { ...puppy, more: 1 })).toEqual(puppy);
    expect(await send("/owners", { pets: [cat, dog] })).toEqual({
      pets: [cat, dog],
    });
    expect(await send("/cats", { ...cat, friend: dog })).toEqual({
      ...cat,
      friend: dog,
    });
  });

  it("checks a value against the child that its tag names", async () => {
    expect(await send("/pets", { name: "Tom", petType: "Cat" })).toEqual([
      "#/huntingSkill required",
    ]);
    expect(
      await send("/pets", { name: 1, petType: "dog", packSize: -1 }),
    ).toEqual(["#/name type", "#/packSize minimum"]);
    expect(
      await send("/pets", {
        name: "x",
        petType: "Puppy",
        packSize: 1,
        weeks: "6",
      }),
    ).toEqual(["#/weeks type"]);
    expect(
      await send("/owners", { pets: [{ name: "Tom", petType: "Cat" }] }),
    ).toEqual(["#/pets/0/huntingSkill required"]);
  });

  it("leaves a tag that names no child to the base: a discriminator refuses nothing", async () => {
    const bird = { name: "Tweety", petType: "Bird" };
    expect(await send("/pets", { ...bird, wings: 2 })).toEqual(bird);
    expect(await send("/pets", { name: "x" })).toEqual(["#/petType required"]);
    expect(await send("/pets", [])).toEqual(["# type"]);
    // `Dog` is mapped to another value.
    expect(await send("/pets", { ...bird, petType: "Dog" })).toEqual({
      ...bird,
      petType: "Dog",
    });
  });

  it("a base that lists its children's tags refuses others", async () => {
    const cow = { name: "Elsie", petType: "Cow", milk: 2 };
    expect(await send("/beasts", cow)).toEqual(cow);
    expect(await send("/beasts", { ...cow, petType: "Ox" })).toEqual([
      "#/petType enum",
    ]);
  });

  it("types say the same", () => {
    const user = `import type { Beast, Cat, Pet } from "./index.js";
export const cat: Pet = { name: "Tom", petType: "Cat", huntingSkill: "lazy" };
export const bird: Pet = { name: "Tweety", petType: "Bird" };
export const bad: Pet = { name: "Tom", petType: "Cat", huntingSkill: 1 }; // rejected
export const none: Pet = { name: "Tom", petType: "Bird", wings: 2 }; // rejected
export const friend: Cat["friend"] = { name: "Rex", petType: "dog", packSize: 1 };
export function milk(beast: Beast): number {
  return beast.petType === "Cow" ? beast.milk : beast.packSize;
}
export const cow: Beast = { name: "Elsie", petType: "Cow" }; // rejected
`;
    expect(compileErrors(`inheritance-${version}`, output, user)).toEqual(
      rejectedLines(user),
    );
  });
});
