/** A PostgreSQL server of the tests' own: fresh files in a temporary folder, a free port, gone afterwards. */
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export interface Cluster {
  url: string;
  stop(): Promise<void>;
}

/** Reached from this machine only; safe on a disk that may lose power it need not be. */
const SETTINGS = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"];
const DEBIAN = "/usr/lib/postgresql";

/** Folder of `initdb` and `postgres`: where Debian puts them, else on the path. Undefined: not installed. */
export function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const folders = [
    ...versions
      .toSorted((a, b) => Number(b) - Number(a))
      .map((version) => join(DEBIAN, version, "bin")),
    ...(process.env["PATH"] ?? "").split(delimiter),
  ];
  return folders.find((folder) =>
    ["initdb", "postgres"].every((name) => existsSync(join(folder, name))),
  );
}

/** Starts a server. It refuses to run as root, so root hands it to the user `postgres`. */
export async function startCluster(bin: string): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "kontract-postgres-"));
  const owner = serverUser();
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder };
  const data = join(folder, "data");
  const port = await freePort();
  execFileSync(
    join(bin, "initdb"),
    ["-D", data, "-U", "bookstore", "-A", "trust", "-E", "UTF8", "--no-sync"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const server = spawn(
    join(bin, "postgres"),
    ["-D", data, "-p", String(port), "-k", folder, ...SETTINGS],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
  });
  let log = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes("ready to accept connections")) resolve();
    });
    void ended.then(() => reject(new Error(`postgres ended:\n${log}`)));
  });
  return {
    url: `postgres://bookstore@127.0.0.1:${port}/postgres`,
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      // PostgreSQL waits for its clients to leave on SIGTERM, and cuts them off on SIGINT.
      server.kill("SIGTERM");
      const impatience = setTimeout(() => server.kill("SIGINT"), 5_000);
      await ended;
      clearTimeout(impatience);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === "object") {
          resolve(address.port);
        } else reject(new Error("no port was given"));
      });
    });
  });
}
