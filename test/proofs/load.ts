/** A client that asks as fast as so many connections allow, and measures how long each answer takes. */
import { Agent, request } from "node:http";

export interface Asked {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** Milliseconds. */
  time: number;
}

export interface Question {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });

/** Ends the connections that are kept. */
export function hangUp(): void {
  agent.destroy();
}

/** Rejects when there is no answer. */
export function ask(question: Question): Promise<Asked> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const { url, method = "GET", headers = {}, body } = question;
    const sent = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
          time: performance.now() - start,
        }),
      );
    });
    sent.on("error", (error) => {
      // The server had just closed a connection that was idle: nobody has seen the request.
      const isStale = sent.reusedSocket && "code" in error;
      if (isStale && error.code === "ECONNRESET") resolve(ask(question));
      else reject(error);
    });
    sent.end(body);
  });
}

/** Runs `work` for 0 to `count - 1`, `width` at a time. */
export async function many(
  count: number,
  width: number,
  work: (at: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: Math.min(width, count) }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

/** The value that this share of the times does not exceed; 0 of none. */
export function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}
