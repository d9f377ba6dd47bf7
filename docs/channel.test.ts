import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

type Row = { section: string; what: string; tests: { file: string; name: string }[] };

/** The rows of those tables of the page whose last column names tests. */
function rows(): Row[] {
  const found: Row[] = [];
  let section = "";
  let listsTests = false;
  for (const line of readFileSync("docs/channel.md", "utf8").split("\n")) {
    if (line.startsWith("## ")) section = line.slice(3);
    if (!line.startsWith("|")) {
      listsTests = false;
      continue;
    }
    const cells = line.split("|").slice(1, -1);
    const last = cells.at(-1)?.trim() ?? "";
    if (last === "tests") listsTests = true;
    else if (listsTests && !/^-+$/.test(last))
      found.push({ section, what: (cells[0] ?? "").trim(), tests: named(last) });
  }
  return found;
}

function named(cell: string): Row["tests"] {
  return cell.split("<br>").map((one) => {
    const [, file = "", name = ""] = /^`(.+)` › (.+)$/.exec(one.trim()) ?? [];
    return { file, name };
  });
}

/** Whether a file has a title, of a test or of a step, that begins so. */
function has(file: string, name: string): boolean {
  if (!/\.(test|spec)\.ts$/.test(file) || !existsSync(file)) return false;
  const source = readFileSync(file, "utf8");
  return ['"', "'", "`"].some((quote) => source.includes(`${quote}${name}`));
}

const GRID = {
  Content: ["Text", "Emoji", "Image", "GIF", "Audio", "Video", "File", "Location"],
  "Actions and structured messages": [
    "Link",
    "Extension",
    "Postback",
    "Reply",
    "Location request",
    "Compound message",
    "Carousel",
  ],
};

describe("the page on Instagram's channel", () => {
  test.each(rows().map((row) => [`${row.section}: ${row.what}`, row] as const))(
    "%s names tests that exist",
    (_, row) => {
      expect(row.tests.filter(({ file, name }) => name === "" || !has(file, name))).toEqual([]);
    },
  );

  test.each(Object.entries(GRID))("lists the whole grid of %s", (section, kinds) => {
    const listed = rows().filter((row) => row.section === section);
    expect(kinds.filter((kind) => !listed.some(({ what }) => what.startsWith(kind)))).toEqual([]);
    expect(listed).toHaveLength(kinds.length);
  });
});
