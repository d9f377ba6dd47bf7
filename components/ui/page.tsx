import type { ReactNode } from "react";
import { cx } from "./cx";

type PageProps = {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  /** Room for tables; otherwise a comfortable measure. */
  wide?: boolean;
  children: ReactNode;
};

/** The frame of every page beside the inbox: a scrolling pane with one heading and a centred column. */
export function Page({ title, description, actions, wide = false, children }: PageProps) {
  return (
    <main id="content" tabIndex={-1} className="scroll-pane relative h-full min-w-0 flex-1 bg-paper outline-none">
      <div className={cx("mx-auto w-full px-5 py-8 desk:px-8 desk:py-10", wide ? "max-w-5xl" : "max-w-2xl")}>
        <header className="mb-6 flex flex-wrap items-start gap-4">
          <div className="min-w-0 flex-1 basis-64">
            <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
            {description && <p className="mt-1 text-soft">{description}</p>}
          </div>
          {actions && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
        </header>
        <div className="flex flex-col gap-5">{children}</div>
      </div>
    </main>
  );
}
