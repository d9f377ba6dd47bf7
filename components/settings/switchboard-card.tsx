"use client";

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Switchboard, SwitchboardIntegration } from "@/lib/inbox/switchboard";
import type { Answer } from "./answer";
import { RemoveSwitchboard } from "./remove-switchboard";
import { type FirstProgram, SetUpSwitchboard } from "./set-up-switchboard";
import { useAnswer } from "./use-answer";

/** What an integrator added, by its id. */
export type Program = { id: string; name: string };

type SwitchboardCardProps = {
  switchboard: Switchboard | null;
  programs: Program[];
  setUp: (first: FirstProgram) => Promise<Answer>;
  turn: (on: boolean) => Promise<Answer>;
  remove: () => Promise<Answer>;
};

/** Who answers first, a program or people; where there is no switchboard, how to come by one. */
export function SwitchboardCard({ switchboard, programs, setUp, turn, remove }: SwitchboardCardProps) {
  const { busy, problem, run } = useAnswer();
  if (!switchboard)
    return (
      <Card
        title="Who answers first"
        description="People do. Every program hears every message, and what it writes stands beside what they write."
      >
        {programs.length > 0 ? (
          <SetUpSwitchboard programs={programs} setUp={setUp} />
        ) : (
          <p className="text-soft">
            A program can answer first and hand over to people.{" "}
            <Link className="text-ink underline" href="/settings/webhooks">
              Create a webhook
            </Link>{" "}
            for it, then come back.
          </p>
        )}
      </Card>
    );

  const { enabled, defaultId, integrations } = switchboard;
  const nameOf = (id: string | null) => integrations.find((known) => known.id === id)?.name;
  return (
    <Card title="Who answers first" description={stateWords(enabled, nameOf(defaultId))}>
      <ul aria-label="Who can answer" className="-my-3 divide-y divide-line">
        {firstFirst(switchboard).map((integration) => (
          <li key={integration.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-3">
            <div className="min-w-0 flex-1 basis-48">
              <p className="truncate font-medium">{integration.name}</p>
              <p className="text-faint text-sm">
                {whoIs(integration, programs)}
                {nameOf(integration.nextId) && ` · hands on to ${nameOf(integration.nextId)}`}
                {!integration.deliverStandbyEvents && " · hears only of what it answers"}
              </p>
            </div>
            <p className="flex gap-1.5">
              {integration.bot && <Badge>Bot</Badge>}
              {integration.id === defaultId && <Badge tone="accent">Answers first</Badge>}
            </p>
          </li>
        ))}
      </ul>
      {problem && (
        <Notice tone="bad" announce className="mt-5">
          {problem}
        </Notice>
      )}
      <div className="mt-6 flex flex-wrap gap-2">
        <Button size="sm" busy={busy} disabled={!nameOf(defaultId)} onClick={() => run(() => turn(!enabled))}>
          {enabled ? "Switch off" : "Switch on"}
        </Button>
        <RemoveSwitchboard remove={remove} />
      </div>
    </Card>
  );
}

function stateWords(enabled: boolean, first: string | undefined): string {
  if (!first) return "Switched off: nobody is named who answers first. Name one through the API.";
  if (!enabled) return "Switched off: every program hears every message, and nobody holds a conversation.";
  return `${first} gets new conversations. People see who answers above each conversation, and can take it over.`;
}

function firstFirst({ integrations, defaultId }: Switchboard): SwitchboardIntegration[] {
  return [...integrations].sort((a, b) => Number(b.id === defaultId) - Number(a.id === defaultId));
}

function whoIs({ integrationId }: SwitchboardIntegration, programs: Program[]): string {
  if (integrationId === null) return "The people of this desk, in the inbox";
  return programs.find(({ id }) => id === integrationId)?.name ?? "A program";
}
