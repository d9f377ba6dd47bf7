import { cp, lchown, lstat, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { AppError } from "@/lib/errors";
import { canEnter, hasCode, makePrivate, type Place, unlessMissing } from "./embedded-postgres-place";

export type Binaries = { initdb: string; postgres: string; major: number };

type Link = { source: string; target: string };

/** PostgreSQL's programs from the npm package for this machine, in a place where the database's account can run them. */
export async function prepareBinaries(place: Place): Promise<Binaries> {
  const { native, version } = await locatePackage();
  const root = (await usableWhereItIs(native, place)) ? native : await copyFor(place, native, version);
  const bin = join(root, "bin");
  return { initdb: join(bin, "initdb"), postgres: join(bin, "postgres"), major: Number.parseInt(version, 10) };
}

async function locatePackage(): Promise<{ native: string; version: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve("embedded-postgres");
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    return { native: join(root, "native"), version };
  } catch (error) {
    if (!hasCode(error, "MODULE_NOT_FOUND") && !hasCode(error, "ENOENT")) throw error;
    throw new AppError(
      "configuration",
      `The package ${name} with PostgreSQL's programs is not installed. Run npm ci on this machine, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

async function usableWhereItIs(native: string, { account }: Place): Promise<boolean> {
  if (account) {
    const reachable = await canEnter(join(native, "bin"), account);
    const open = ((await stat(join(native, "bin", "postgres"))).mode & 0o005) === 0o005;
    if (!reachable || !open) return false;
  }
  return makeLinks(native);
}

/**
 * An npm package cannot carry symbolic links, so the libraries' short names come as a list. The package would make the
 * links in an install script, and those are switched off. False when the directory is not ours to write to.
 */
async function makeLinks(native: string): Promise<boolean> {
  const list = await unlessMissing(readFile(join(native, "pg-symlinks.json"), "utf8"));
  for (const { source, target } of list ? (JSON.parse(list) as Link[]) : []) {
    try {
      await symlink(basename(source), join(dirname(native), target));
    } catch (error) {
      if (hasCode(error, "EEXIST")) continue;
      if (hasCode(error, "EACCES") || hasCode(error, "EPERM") || hasCode(error, "EROFS")) {
        if (await exists(join(dirname(native), target))) continue;
        return false;
      }
      throw error;
    }
  }
  return true;
}

async function copyFor({ base, account }: Place, native: string, version: string): Promise<string> {
  const home = join(base, "binaries");
  const root = join(home, version, "native");
  if (await exists(root)) return root;
  await makePrivate(home, account);
  const unfinished = join(home, `${version}.${process.pid}`);
  await rm(unfinished, { recursive: true, force: true });
  await cp(native, join(unfinished, "native"), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith(".a"),
  });
  await makeLinks(join(unfinished, "native"));
  if (account) {
    for (const entry of ["", ...(await readdir(unfinished, { recursive: true }))]) {
      await lchown(join(unfinished, entry), account.uid, account.gid);
    }
  }
  try {
    await rename(unfinished, join(home, version));
  } catch (error) {
    if (!(await exists(root))) throw error;
    await rm(unfinished, { recursive: true, force: true });
  }
  return root;
}

async function exists(path: string): Promise<boolean> {
  return (await unlessMissing(lstat(path))) !== null;
}
