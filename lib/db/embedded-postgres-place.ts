import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, readFile, realpath, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { AppError } from "@/lib/errors";

/** The system account PostgreSQL runs as when we are root: PostgreSQL refuses to run as root itself. */
export type Account = { uid: number; gid: number };

/** Where the database of one DATA_DIR lives. `account` is null when it runs as ourselves. */
export type Place = {
  dataDir: string;
  base: string;
  cluster: string;
  account: Account | null;
};

const OUTSIDE_HOMES = ["/var/lib/replydesk", "/var/tmp/replydesk"];

/** A Unix socket's address holds 107 bytes, of which PostgreSQL appends these. */
const LONGEST_SOCKET_PATH = 107;
const SOCKET_FILE = "/.s.PGSQL.5432";

/** Finds, or on the first start chooses and makes, the place of `dataDir`'s database. */
export async function preparePlace(dataDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const found = await findPlace(dataDir);
  if (found) {
    await checkOwner(found);
    return found;
  }
  const real = await realpath(dataDir);
  const account = isRoot() ? await serviceAccount() : null;
  const inside = join(real, "postgres");
  if (!account || (await canEnter(real, account))) {
    await makePrivate(inside, account);
  } else {
    await linkTo(await makeOutside(real, account), inside);
  }
  return { dataDir: real, base: await realpath(inside), cluster: join(await realpath(inside), "data"), account };
}

/** The place an earlier start chose, or null when there was none. */
export async function findPlace(dataDir: string): Promise<Place | null> {
  const real = await unlessMissing(realpath(dataDir));
  if (!real) return null;
  const inside = join(real, "postgres");
  if (!(await unlessMissing(lstat(inside)))) return null;
  const base = await unlessMissing(realpath(inside));
  if (!base) {
    throw new AppError(
      "configuration",
      `The database files of ${real} are gone: ${inside} points to a directory that no longer exists. Put it back from a backup, or remove ${inside} to begin with an empty database.`,
    );
  }
  const cluster = join(base, "data");
  const owner = (await unlessMissing(stat(cluster))) ?? (await stat(base));
  const account = isRoot() ? { uid: owner.uid, gid: owner.gid } : null;
  return { dataDir: real, base, cluster, account };
}

/** A directory for the Unix socket that only the database's account can enter, short enough for a socket address. */
export async function prepareSocketDir({ base, account }: Place): Promise<string> {
  const short = `replydesk-${hashOf(base)}`;
  const runtimeDir = isRoot() ? "/run" : process.env.XDG_RUNTIME_DIR;
  const candidates = [
    join(base, "socket"),
    ...[runtimeDir, tmpdir(), "/tmp"].flatMap((dir) => (dir ? [join(dir, short)] : [])),
  ];
  for (const candidate of candidates) {
    if (Buffer.byteLength(candidate + SOCKET_FILE) > LONGEST_SOCKET_PATH) continue;
    if (await tryPrivate(candidate, account)) return candidate;
  }
  throw new AppError(
    "configuration",
    `No directory for the database's socket could be made; tried ${candidates.join(", ")}. Choose a shorter DATA_DIR.`,
  );
}

/** Whether the account may walk down to `directory`, judged by the permission bits of it and everything above it. */
export async function canEnter(directory: string, account: Account): Promise<boolean> {
  for (let current = await realpath(directory); ; current = dirname(current)) {
    const { uid, gid, mode } = await stat(current);
    const needed = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & needed) === 0) return false;
    if (current === dirname(current)) return true;
  }
}

export async function makePrivate(directory: string, account: Account | null): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if (account) await chown(directory, account.uid, account.gid);
  await chmod(directory, 0o700);
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

async function serviceAccount(): Promise<Account> {
  const lines = (await readFile("/etc/passwd", "utf8")).split("\n").map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const entry = lines.find((fields) => fields[0] === name);
    const [uid, gid] = [Number(entry?.[2]), Number(entry?.[3])];
    if (entry && uid > 0 && gid > 0) return { uid, gid };
  }
  throw new AppError(
    "configuration",
    "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Start Replydesk as an ordinary user, or set DATABASE_URL.",
  );
}

async function checkOwner({ dataDir, base, account }: Place): Promise<void> {
  if (!account) {
    const { uid } = await stat(base);
    if (uid === process.getuid?.()) return;
    throw new AppError(
      "configuration",
      `The database files in ${base} belong to another user (number ${uid}), because Replydesk was started as that user or as root before. Start it the same way again, or set DATA_DIR to a directory of your own.`,
    );
  }
  if (account.uid === 0) {
    throw new AppError(
      "configuration",
      `The database files in ${base} belong to root, as which PostgreSQL does not run. Give them back to their user: chown -R nobody ${base}/`,
    );
  }
  if (!(await canEnter(base, account))) {
    throw new AppError(
      "configuration",
      `The database's user (number ${account.uid}) can no longer reach its files in ${base}, because a directory above them is closed to others. Open it again (chmod o+x), or move ${dataDir} elsewhere.`,
    );
  }
}

async function makeOutside(dataDir: string, account: Account): Promise<string> {
  for (const home of OUTSIDE_HOMES) {
    try {
      await mkdir(home, { recursive: true, mode: 0o755 });
      const { uid, mode } = await lstat(home);
      if (uid !== 0 || (mode & 0o022) !== 0 || !(await canEnter(home, account))) continue;
      const base = join(home, hashOf(dataDir));
      await makePrivate(base, account);
      return base;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  throw new AppError(
    "configuration",
    `The database runs as a user who cannot reach ${dataDir}, and no place for its files could be made in ${OUTSIDE_HOMES.join(" or ")}. Set DATA_DIR to a directory others may enter, or set DATABASE_URL.`,
  );
}

async function linkTo(target: string, link: string): Promise<void> {
  try {
    await symlink(target, link);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  }
}

/** The name may lie in a directory shared with others, so one that exists must be ours and closed. */
async function tryPrivate(directory: string, account: Account | null): Promise<boolean> {
  try {
    await mkdir(directory, { mode: 0o700 });
    await makePrivate(directory, account);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    if (!hasCode(error, "EEXIST")) throw error;
  }
  const { uid, mode } = await lstat(directory);
  const owner = account?.uid ?? process.getuid?.();
  return uid === owner && (mode & 0o170077) === 0o040000;
}

function hashOf(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}

function isRefusal(error: unknown): boolean {
  return ["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"].some((code) => hasCode(error, code));
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

export async function unlessMissing<T>(pending: Promise<T>): Promise<T | null> {
  try {
    return await pending;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
