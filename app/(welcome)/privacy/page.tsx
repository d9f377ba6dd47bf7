import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Privacy" };

/** What this desk keeps, in words for customers, for people of the brand, and for Meta's review. */
export default async function PrivacyPage() {
  // The settings are those of the running desk, not of its build.
  await connection();
  const { OPERATOR_NAME: operator, OPERATOR_CONTACT: contact } = env();
  return (
    <article className="flex flex-col gap-6 rounded-card border border-line bg-card px-6 py-8 shadow-raised desk:px-9">
      <header className="flex flex-col gap-2">
        <h1 className="font-semibold text-xl tracking-tight">Privacy</h1>
        <p className="text-soft">
          This is a desk at which a business answers its direct messages on Instagram. It is run by{" "}
          {operator ?? "the business that you wrote to"}, on a machine of its own.
          {contact && <> Write to {contact}.</>}
        </p>
      </header>
      <Section title="If you wrote to a business on Instagram">
        <p>
          The desk keeps what Instagram passes on to the business: your messages, reactions and edits, when you wrote,
          and your name, @username, picture's address and follower count as Instagram shows them to the business.
          Pictures, voice messages and files stay with Instagram; the desk keeps their addresses. Stories are never
          copied.
        </p>
        <p>
          It is kept until the business deletes it, so that a conversation can be answered in full. What you unsend on
          Instagram disappears here as well, at once. Technical items that cannot be shown are thrown away after 30
          days.
        </p>
        <p>
          It is used to answer you, and for nothing else: it is not sold, not used for advertising, and passed on only
          to tools that the business itself has connected.
        </p>
        <p>
          To have it handed over or deleted, write to the business on Instagram or by e-mail and name your @username. It
          is erased everywhere in one step, and you can have a confirmation code.
        </p>
      </Section>
      <Section title="If you answer for the business">
        <p>
          The desk keeps your name, picture and e-mail address as Facebook gives them when you sign in, and what you
          wrote. If you connected an account, it keeps the access that you gave, encrypted, until you or a colleague
          disconnects it.
        </p>
        <p>
          Your name, picture and e-mail address are erased when you have this app's data deleted in your Facebook
          settings (Settings, Apps and Websites, this app, Remove, and then Send Request). You are shown a page that
          says what became of it. What you wrote to customers stays with the business, without your name.
        </p>
      </Section>
      <Section title="Cookies">
        <p>
          Only what the desk needs: to keep you signed in, to guard signing in and connecting, and to remember your time
          zone and how you like the screen. There is nothing for advertising. Facebook's own script is loaded on one
          page only, for who connects an account in a pop-up window.
        </p>
      </Section>
      <p className="text-center text-faint text-xs">
        <Link href="/sign-in" className="underline underline-offset-2 hover:text-ink">
          Sign in
        </Link>
      </p>
    </article>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2 text-pretty">
      <h2 className="font-semibold">{title}</h2>
      <div className="flex flex-col gap-2 text-soft">{children}</div>
    </section>
  );
}
