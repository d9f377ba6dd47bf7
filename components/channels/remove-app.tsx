type RemoveAppProps = { personName: string | null; businessIntegrationsUrl: string };

/** Only the person themself can take the app off their Facebook account. */
export function RemoveApp({ personName, businessIntegrationsUrl }: RemoveAppProps) {
  return (
    <details className="w-full text-soft text-sm">
      <summary className="cursor-pointer font-medium text-ink">Remove the app from Facebook as well</summary>
      <p className="mt-2">
        The desk cannot do this: Facebook lets only {personName ?? "the person who connected the account"} take the app
        away. Logged in at Facebook as that person, open{" "}
        <a href={businessIntegrationsUrl} target="_blank" rel="noreferrer" className="text-ink underline">
          Facebook → Settings → Business Integrations
        </a>
        , choose this desk's app and “Remove”. Every account connected with that login stops working then.
      </p>
    </details>
  );
}
