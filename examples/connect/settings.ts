/** What the site is told by its environment; README.md says what each is for. */
export type Settings = ReturnType<typeof readSettings>;

/** @throws Error that names what is missing */
export function readSettings(env: NodeJS.ProcessEnv) {
  const missing: string[] = [];
  const required = (name: string) => {
    const value = env[name];
    if (!value) missing.push(name);
    return value ?? "";
  };
  const port = Number(env.PORT || 3100);
  const settings = {
    port,
    host: env.HOST || "127.0.0.1",
    /** Without a slash at the end. */
    siteUrl: (env.SITE_URL || `http://localhost:${port}`).replace(/\/+$/, ""),
    siteName: env.SITE_NAME || "Parlour",
    desk: {
      url: required("DESK_URL").replace(/\/+$/, ""),
      appId: required("DESK_APP_ID"),
      keyId: required("DESK_KEY_ID"),
      keySecret: required("DESK_KEY_SECRET"),
    },
    facebook: {
      appId: required("FACEBOOK_APP_ID"),
      appSecret: required("FACEBOOK_APP_SECRET"),
      version: env.FACEBOOK_GRAPH_VERSION || "v26.0",
      graphUrl: env.FACEBOOK_GRAPH_URL || "https://graph.facebook.com",
      webUrl: env.FACEBOOK_WEB_URL || "https://www.facebook.com",
      sdkUrl: env.FACEBOOK_SDK_URL || "https://connect.facebook.net/en_US/sdk.js",
    },
  };
  if (missing.length > 0) throw new Error(`Set ${missing.join(", ")}; see README.md.`);
  return settings;
}
