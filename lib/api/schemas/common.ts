import { z } from "zod";

/** 24 hexadecimal digits. */
export const id = z.string().regex(/^[0-9a-f]{24}$/, "is an id of 24 hexadecimal digits");

/** `2026-01-02T03:04:05.678Z`. */
export const timestamp = z.iso.datetime({ precision: 3 });

const METADATA_BYTES = 4096;

/** Flat: strings, numbers and booleans, at most 4 KB as JSON. */
export const metadata = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]), {
    error: "is a flat object of strings, numbers and booleans",
  })
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= METADATA_BYTES, {
    error: `is limited to ${METADATA_BYTES} bytes in size`,
  });

/** Of the specification on every operation; there is one brand here. */
const brandId = z.string().max(128).optional();

/** What a query string may say beside the brand; anything else is refused by name. */
export function queryOf<Shape extends z.core.$ZodShape>(shape: Shape) {
  return z.strictObject({ ...shape, brandId });
}

export const noQuery = queryOf({});

export const nothing = z.strictObject({});

/** What every paged list says beside its rows. A cursor or link is left out where there is no such page. */
export const pageMeta = z.object({ hasMore: z.boolean(), afterCursor: id.optional(), beforeCursor: id.optional() });
export const pageLinks = z.object({ prev: z.url().optional(), next: z.url().optional() });
export const pageEnvelope = { meta: pageMeta, links: pageLinks.optional() };

const cursors = { after: id.optional(), before: id.optional() };
const oneCursor = { error: "takes after or before, not both" };
const notBoth = ({ after, before }: { after?: string | undefined; before?: string | undefined }) => !(after && before);

/** `page[after]` or `page[before]`, `page[size]` 1 to 100, 25 when not said. */
export const page = z
  .strictObject({ ...cursors, size: z.coerce.number().int().min(1).max(100).default(25) })
  .refine(notBoth, oneCursor)
  .prefault({});

/** Messages come 100 at a time, whatever size is asked for. */
export const messagePage = z
  .strictObject({ ...cursors, size: z.unknown().optional().describe("Taken, without effect") })
  .refine(notBoth, oneCursor)
  .prefault({});
