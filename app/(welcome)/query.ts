/** What a page of Next is given as the address's query. */
export type Query = Promise<Record<string, string | string[] | undefined>>;

/** The first value of a parameter. */
export async function queryValue(query: Query, name: string): Promise<string | undefined> {
  const value = (await query)[name];
  return Array.isArray(value) ? value[0] : value;
}
