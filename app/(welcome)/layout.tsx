import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/ui/brand-mark";

/** Everything before the sign-in, and what stands outside the desk: one quiet column in the middle of the page. */
export default function WelcomeLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col items-center justify-center bg-ground px-5 py-10">
      <main className="flex w-full max-w-md flex-col gap-6">
        <p className="flex items-center justify-center gap-2.5 font-semibold text-lg tracking-tight">
          <BrandMark size={30} />
          Replydesk
        </p>
        {children}
      </main>
      <footer className="mt-6 text-faint text-xs">
        <Link href="/privacy" className="underline-offset-2 hover:text-ink hover:underline">
          Privacy
        </Link>
      </footer>
    </div>
  );
}
