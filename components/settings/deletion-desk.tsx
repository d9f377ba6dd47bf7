"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import type { FoundContact, HeldContact } from "@/lib/inbox/find-contacts";
import type { Answer } from "./answer";
import { FoundContacts } from "./found-contacts";
import { HeldContactCard } from "./held-contact-card";
import { useAnswer } from "./use-answer";

type DeletionDeskProps = {
  find: (words: string) => Promise<Answer<FoundContact[]>>;
  look: (contactId: string) => Promise<Answer<HeldContact | null>>;
  erase: (contactId: string) => Promise<Answer<string>>;
};

/** Whom it is about stands in no address: those stay in browsers long after the person is erased. */
export function DeletionDesk({ find, look, erase }: DeletionDeskProps) {
  const [words, setWords] = useState("");
  const [found, setFound] = useState<FoundContact[] | null>(null);
  const [held, setHeld] = useState<HeldContact | null>(null);
  const [receipt, setReceipt] = useState<string | null>(null);
  const { busy, problem, setProblem, run } = useAnswer();

  function search(event: FormEvent): void {
    event.preventDefault();
    setHeld(null);
    setReceipt(null);
    run(() => find(words), setFound);
  }

  function pick(contactId: string): void {
    run(
      () => look(contactId),
      (contact) => {
        setHeld(contact);
        if (!contact) setProblem("This person is not here any more. Search again.");
      },
    );
  }

  function erased(code: string): void {
    setReceipt(code);
    setHeld(null);
    setFound(null);
    setWords("");
  }

  return (
    <>
      <Card
        title="Find a customer"
        description="Ask for their @username. If you have a number instead, it must be the one Instagram gives your account for them; the number in a request from Facebook is another kind, and those requests are answered by themselves."
      >
        <form onSubmit={search} className="flex flex-wrap items-end gap-3">
          <TextField
            label="Name, @username or Instagram-scoped id"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            className="min-w-0 flex-1 basis-60"
          />
          <Button type="submit" variant="primary" busy={busy && !held} disabled={words.trim() === ""} className="h-10">
            Find
          </Button>
        </form>
      </Card>
      {problem && (
        <Notice tone="bad" announce>
          {problem}
        </Notice>
      )}
      {receipt && (
        <Notice tone="good" announce title="Everything of this person is erased.">
          Give them this confirmation code if they want one: <span className="font-mono text-ink">{receipt}</span>. It
          is listed below, without their name. If they write again, they start afresh.
        </Notice>
      )}
      {held ? (
        <HeldContactCard contact={held} erase={erase} onErased={erased} onBack={() => setHeld(null)} />
      ) : (
        found && <FoundContacts contacts={found} busy={busy} onPick={pick} />
      )}
    </>
  );
}
