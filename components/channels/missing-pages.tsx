import type { ReactNode } from "react";

type MissingPagesProps = {
  personName: string;
  /** Whether Facebook listed no Page at all. */
  none: boolean;
  /** How many Pages were ticked in the dialog; null when all are allowed. */
  tickedPages: number | null;
  seesPortfolios: boolean;
  /** Portfolios whose Pages Facebook did not tell this time. */
  untold: string[];
  askAgain: ReactNode;
  businessIntegrationsUrl: string;
};

/** Facebook leaves Pages out without a word; these are its reasons. */
export function MissingPages(props: MissingPagesProps) {
  const { personName, none, tickedPages, seesPortfolios } = props;
  return (
    <details
      open={none || props.untold.length > 0 || undefined}
      className="rounded-card border border-line bg-card px-5 py-4 text-sm"
    >
      <summary className="cursor-pointer font-medium">
        {none ? `Facebook lists no Page for ${personName}` : "Do you miss a Page?"}
      </summary>
      {props.untold.length > 0 && (
        <p className="mt-3">
          Facebook did not tell the Pages of {props.untold.join(", ")} this time. Load this page again in a minute.
        </p>
      )}
      <ul className="my-3 flex list-disc flex-col gap-1.5 pl-5 text-soft">
        <li>
          {tickedPages === null
            ? "It may not have been ticked in Facebook's dialog."
            : `Only ${tickedPages === 1 ? "one Page was" : `${tickedPages} Pages were`} ticked in Facebook's dialog.`}{" "}
          Ask Facebook again, choose “Edit previous settings” there and tick the Page.
        </li>
        <li>
          {seesPortfolios
            ? `If it belongs to a Meta business portfolio, ${personName} needs a role on the Page itself: the portfolio's admin gives it under Business settings → Pages.`
            : "Pages that belong to a Meta business portfolio are listed only with the permission business_management, which was not given. Ask Facebook again and leave it ticked."}
        </li>
        <li>
          {personName} may have no role on it. Someone with full control of the Page gives access in its settings under
          “Page access”.
        </li>
        <li>
          If Facebook does not ask again, open{" "}
          <a href={props.businessIntegrationsUrl} target="_blank" rel="noreferrer" className="text-ink underline">
            Facebook → Settings → Business Integrations
          </a>
          , edit or remove this app there, then ask once more.
        </li>
      </ul>
      {props.askAgain}
    </details>
  );
}
