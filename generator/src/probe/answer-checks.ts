/** Room `probe`: the checks of answers, emitted as those of requests are: what is read-only and what is write-only change places. */
import type { Api, Media, Operation } from "../model/api.js";
import type { Schema } from "../model/schema.js";
import { emitFiles, type EmittedFile } from "../emit/emit-files.js";
import { nameApi } from "../name/name-api.js";
import { walk } from "../model/walk.js";
import { kontractVersion } from "../version.js";

export interface AnswerChecks {
  files: EmittedFile[];
  /** Name of the reader of each media type of an answer. */
  readers: Map<Media, string>;
}

export function emitAnswerChecks(api: Api): AnswerChecks {
  const media = api.groups
    .flatMap((group) => group.operations)
    .flatMap((operation) => operation.answers)
    .flatMap((answer) => answer.media)
    .filter(({ codec }) => codec === "json");
  const copy = structuredClone({
    models: api.models,
    schemas: media.map(({ schema }) => schema),
  });
  for (const schema of copy.schemas) walk(schema, turnAround);
  for (const model of copy.models.values()) walk(model.schema, turnAround);
  const readers = new Map(media.map((each, at) => [each, `answer${at}`]));
  const operations = copy.schemas.map((schema, at) =>
    readerOf(`answer${at}`, schema, api),
  );
  const { value: layout } = nameApi({
    ...api,
    security: [],
    models: copy.models,
    groups: [{ title: "answers", doc: {}, operations }],
  });
  if (layout === undefined) return { files: [], readers };
  const { value } = emitFiles(
    layout,
    { bundle: () => ({}) },
    {
      version: kontractVersion(),
      source: "answers",
      importExtension: ".js",
      validationStatus: 422,
      responseChecks: false,
      runsOnly: true,
    },
  );
  return { files: value?.files ?? [], readers };
}

function turnAround(schema: Schema): void {
  if (schema.access === "read") schema.access = "write";
  else if (schema.access === "write") schema.access = "read";
}

function readerOf(id: string, schema: Schema, { origin }: Api): Operation {
  const media: Media = {
    type: "application/json",
    codec: "json",
    schema,
    encoding: [],
    examples: [],
    origin,
  };
  return {
    id,
    method: "POST",
    path: `/${id}`,
    segments: [{ parts: [id] }],
    routed: true,
    params: [],
    body: { required: true, media: [media], doc: {}, origin },
    answers: [
      { status: 204, headers: [], media: [], links: [], doc: {}, origin },
    ],
    security: [],
    extensions: {},
    policies: {},
    doc: {},
    tags: [],
    origin,
    uses: [],
    hash: "",
  };
}
