import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("copied out of the repository, the site installs the very versions that are tested here", () => {
  const [root, site] = ["../../package.json", "package.json"].map((path) =>
    JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")),
  );
  expect({ ...root.devDependencies, ...root.dependencies }).toMatchObject(site.dependencies);
});
