import type { ReactNode } from "react";

type WelcomeCardProps = {
  title: string;
  /** One or two sentences. */
  children: ReactNode;
  /** The one thing to do next. */
  action?: ReactNode;
  /** Stands small below the action. */
  footnote?: ReactNode;
};

/** The one thing a page before the sign-in says. */
export function WelcomeCard({ title, children, action, footnote }: WelcomeCardProps) {
  return (
    <section className="flex flex-col gap-6 rounded-card border border-line bg-card px-6 py-8 shadow-raised desk:px-9">
      <div className="flex flex-col gap-2 text-center">
        <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
        <div className="flex flex-col gap-2 text-pretty text-soft">{children}</div>
      </div>
      {action}
      {footnote && <p className="text-pretty text-center text-faint text-xs">{footnote}</p>}
    </section>
  );
}
