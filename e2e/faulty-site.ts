/** The built site behind a server that goes wrong as a test wants it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SITE_FOLDER } from '../engine/cli/site.ts';
import { type RequestHandler, staticFiles } from '../engine/cli/static-files.ts';
import { listen, type RunningServer } from '../engine/cli/static-server.ts';

/** Answers a request in place of the site, or returns false and leaves it to the site. */
export type Fault = (request: IncomingMessage, response: ServerResponse, rest: RequestHandler) => boolean;

export class FaultySite {
  /** What goes wrong from now on. */
  fault: Fault = () => false;
  /** The paths that were asked for, in order. */
  readonly asked: string[] = [];
  #server!: RunningServer;

  static async open(): Promise<FaultySite> {
    const site = new FaultySite();
    const rest = await staticFiles(SITE_FOLDER);
    const handler: RequestHandler = async (request, response) => {
      site.asked.push(pathOf(request));
      if (!site.fault(request, response, rest)) await rest(request, response);
    };
    site.#server = await listen(handler, { host: null, port: 0 });
    return site;
  }

  get address(): string {
    return this.#server.address;
  }

  close(): Promise<void> {
    return this.#server.close();
  }
}

export const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? '';

/** Answers the first request for a path that `pattern` matches with this fault, and no other. */
export function once(pattern: RegExp, fault: (response: ServerResponse) => void): Fault {
  let isOver = false;
  return (request, response) => {
    if (isOver || !pattern.test(pathOf(request))) return false;
    isOver = true;
    fault(response);
    return true;
  };
}
