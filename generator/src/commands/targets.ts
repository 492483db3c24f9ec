/** Room `commands`: what to work on: the command line over the config over the defaults. */
import { resolve } from "node:path";
import type { Options } from "../options.js";
import { hashOptions } from "../output/hash-options.js";
import { placeSource } from "../place-source.js";
import { readConfig } from "./config.js";
import type { GlobalOptions, TargetFlags } from "./outcome.js";
import { UsageError } from "./usage-error.js";

export interface Target {
  name?: string;
  /** Absolute paths. */
  spec: string;
  out: string;
  handlers: string | false;
  /** For the pipeline, with absolute paths. */
  options: Options & { cwd: string };
  /** Hash over those that shape the output. */
  optionsHash: string;
}

export async function resolveTargets(
  flags: TargetFlags,
  globals: GlobalOptions,
): Promise<Target[]> {
  const { folder, targets } = await readConfig(globals);
  const { cwd } = globals;
  const spec = flags.spec === undefined ? undefined : resolve(cwd, flags.spec);
  const named =
    spec === undefined
      ? targets.filter((each) => each.spec !== undefined)
      : targets.filter(
          (each) => each.spec && resolve(folder, each.spec) === spec,
        );
  // One target's options are meant for any document; of several, none is nearer than the others.
  const only = targets.length === 1 ? targets[0] : undefined;
  const chosen =
    named.length > 0 ? named : spec === undefined ? [] : [only ?? {}];
  if (chosen.length === 0) {
    throw new UsageError(
      "no document is named: give one, as in `kontract generate openapi.yaml`, or set `spec` in the config",
    );
  }
  if (chosen.length > 1 && (flags.out !== undefined || flags.handlers)) {
    throw new UsageError(
      "the config has several targets, which cannot share one `--out` or `--handlers`: name the document",
    );
  }
  return chosen.map((options) => settle(options, folder, flags, globals));
}

/** Paths of the config are relative to its folder, paths of the command line to the working folder. */
function settle(
  options: Options,
  folder: string,
  flags: TargetFlags,
  { cwd, root }: GlobalOptions,
): Target {
  const place = (
    flag: string | undefined,
    set: string | undefined,
    or: string,
  ) =>
    flag !== undefined
      ? resolve(cwd, flag)
      : set !== undefined
        ? resolve(folder, set)
        : resolve(cwd, or);
  const spec = place(flags.spec, options.spec, "");
  const out = place(flags.out, options.out, "generated");
  const isOff =
    flags.handlers === false ||
    (flags.handlers === undefined && options.handlers === false);
  const handlers = isOff
    ? false
    : place(
        flags.handlers || undefined,
        options.handlers || undefined,
        "handlers",
      );
  if (handlers === out) {
    throw new UsageError(
      "the handlers and the generated code need folders of their own: `--out` and `--handlers` are the same",
    );
  }
  const { label, project } = placeSource(spec, cwd);
  const settled = { ...options, ...pathsOf(options, folder), out, cwd };
  if (root !== undefined) settled.root = resolve(cwd, root);
  return {
    ...(options.name !== undefined && { name: options.name }),
    spec,
    out,
    handlers,
    options: settled,
    optionsHash: hashOptions(settled, label, project),
  };
}

function pathsOf(
  { root, resources, types }: Options,
  folder: string,
): Pick<Options, "root" | "resources" | "types"> {
  const paths: Pick<Options, "root" | "resources" | "types"> = {};
  if (types !== undefined) {
    paths.types = Object.fromEntries(
      Object.entries(types).map(([key, type]) => [
        key,
        /^\.\.?\//.test(type.module)
          ? { ...type, module: resolve(folder, type.module) }
          : type,
      ]),
    );
  }
  if (root !== undefined) paths.root = resolve(folder, root);
  if (resources !== undefined) {
    paths.resources = Object.fromEntries(
      Object.entries(resources).map(([uri, path]) => [
        uri,
        resolve(folder, path),
      ]),
    );
  }
  return paths;
}
