/** Starts WebKitGTK's browser under its WebDriver, with a home of its own. */
import { spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebDriverSession } from './webdriver.ts';

export interface WebKitOptions {
  readonly driver: string;
  readonly browser: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For a page to load, or a script in it to end. */
  readonly timeoutMilliseconds: number;
}

const START_MILLISECONDS = 30_000;

/** A port that nobody listens on; the driver cannot choose one itself. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

export class WebKitBrowser {
  readonly session: WebDriverSession;
  readonly #downloads: string;
  readonly #end: () => Promise<void>;

  private constructor(session: WebDriverSession, downloads: string, end: () => Promise<void>) {
    this.session = session;
    this.#downloads = downloads;
    this.#end = end;
  }

  static async launch({ driver, browser, env, timeoutMilliseconds }: WebKitOptions): Promise<WebKitBrowser> {
    const home = mkdtempSync(join(tmpdir(), 'digits-webkit-'));
    const downloads = join(home, 'downloads');
    mkdirSync(downloads);
    writeFileSync(join(home, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
    const port = await freePort();
    const child = spawn(driver, [`--port=${port}`], {
      stdio: 'ignore',
      detached: true,
      env: { ...env, HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, LANG: 'C.UTF-8' },
    });
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const end = async (): Promise<void> => {
      // Its browser's processes as well, which go on writing to its home for a while.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    };
    try {
      const address = `http://127.0.0.1:${port}`;
      await listening(address);
      const options = { binary: browser, args: ['--automation'] };
      const capabilities = { 'webkitgtk:browserOptions': options };
      const session = await WebDriverSession.open(address, capabilities, timeoutMilliseconds);
      return new WebKitBrowser(session, downloads, end);
    } catch (error) {
      await end();
      throw error;
    }
  }

  /** Files that have been downloaded, those that are under way left out. */
  downloads(): string[] {
    return readdirSync(this.#downloads).filter((name) => isWhole(join(this.#downloads, name)));
  }

  readDownload(name: string): Buffer {
    return readFileSync(join(this.#downloads, name));
  }

  async close(): Promise<void> {
    await this.session.close();
    await this.#end();
  }
}

/** Whether a download has ended: WebKit creates an empty file, then writes to it or replaces it by one beside it. */
function isWhole(path: string): boolean {
  if (path.endsWith('.wkdownload')) return false;
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return size > 0 && !isOpen(path);
}

/** Whether any process has the file open. */
function isOpen(path: string): boolean {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.some((id) => {
    try {
      const folder = `/proc/${id}/fd`;
      return readdirSync(folder).some((descriptor) => leadsTo(`${folder}/${descriptor}`, path));
    } catch {
      // The process has ended meanwhile, or is somebody else's.
      return false;
    }
  });
}

function leadsTo(link: string, path: string): boolean {
  try {
    return readlinkSync(link) === path;
  } catch {
    // It was closed meanwhile.
    return false;
  }
}

async function listening(address: string): Promise<void> {
  const deadline = performance.now() + START_MILLISECONDS;
  for (;;) {
    try {
      await fetch(`${address}/status`);
      return;
    } catch (error) {
      if (performance.now() > deadline) throw new Error("WebKit's driver does not start.", { cause: error });
      await delay(50);
    }
  }
}
