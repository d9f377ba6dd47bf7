/** The one-time address that makes its visitor the owner, or null once there is one. */
export async function setupLink(_databaseUrl: string, _appUrl: string): Promise<string | null> {
  return null;
}
