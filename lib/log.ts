import pino from "pino";

/** One line of JSON per event on stdout. The server sets the level. Never give it tokens, message text, or addresses with queries. */
export const log = pino({
  level: "info",
  base: undefined,
  redact: {
    paths: ["*.token", "*.accessToken", "*.secret", "*.authorization", "*.cookie", "*.text"],
    censor: "[hidden]",
  },
});
