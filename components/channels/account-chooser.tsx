"use client";

import { useActionState, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Notice } from "@/components/ui/notice";
import { RadioGroup } from "@/components/ui/radio-group";
import { TextField } from "@/components/ui/text-field";
import type { ConnectChoice } from "@/lib/meta/connect-choices";
import { SubmitButton } from "./connect-button";

/** Why saving did not work, in words; null before the first try. */
export type SaveResult = { problem: string | null };
export type SaveAction = (before: SaveResult, form: FormData) => Promise<SaveResult>;

/** A list that is longer than this can be searched. */
const SEARCHABLE = 8;

type AccountChooserProps = { choices: ConnectChoice[]; chosen: string | null; save: SaveAction };

/** One account of those that the login lists. */
export function AccountChooser({ choices, chosen, save }: AccountChooserProps) {
  const selectable = choices.filter((choice) => !choice.disabled);
  const only = selectable.length === 1 ? selectable[0]?.pageId : undefined;
  const [pageId, setPageId] = useState(chosen ?? only ?? "");
  const [search, setSearch] = useState("");
  const [result, saveChosen] = useActionState(save, { problem: null });
  const long = choices.length > SEARCHABLE;
  const sections = selectable.length > 0 && selectable.length < choices.length;
  const shown = choices.filter((choice) => choice.pageId === pageId || matches(choice, search));
  return (
    <form action={saveChosen} className="flex flex-col gap-4">
      {long && (
        <TextField
          type="search"
          label="Search accounts"
          placeholder="@name or Page"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => event.key === "Enter" && event.preventDefault()}
        />
      )}
      <RadioGroup
        label="Instagram accounts"
        name="pageId"
        value={pageId}
        onValueChange={setPageId}
        listClassName={long ? "-mx-1 max-h-[min(32rem,60vh)] overflow-y-auto p-1" : undefined}
        options={shown.map((choice) => ({
          value: choice.pageId,
          label: choice.label,
          description: choice.description,
          ...(sections && { section: choice.disabled ? "Cannot be connected yet" : "Can be connected" }),
          disabled: choice.disabled,
          leading: <Avatar id={choice.pageId} name={choice.label} src={choice.pictureUrl} size={36} />,
        }))}
      />
      {long && (
        <p role="status" className={shown.length === 0 ? "text-soft text-sm" : "sr-only"}>
          {shown.length === 0
            ? "No account or Page is called like that."
            : `${shown.length} of ${choices.length} shown`}
        </p>
      )}
      {result.problem && (
        <Notice tone="bad" announce>
          {result.problem}
        </Notice>
      )}
      {selectable.length > 0 ? (
        <div className="sticky bottom-0 z-10 -mx-5 -mb-5 flex items-center gap-3 rounded-b-card border-line border-t bg-card px-5 py-3.5">
          <SubmitButton label="Save" variant="primary" />
          <p className="text-faint text-sm">
            {selectable.length} of {choices.length} can be connected
          </p>
        </div>
      ) : (
        <p className="text-soft text-sm">None of these can be connected yet. Each says what is missing.</p>
      )}
    </form>
  );
}

function matches(choice: ConnectChoice, search: string): boolean {
  const wanted = search.trim().toLowerCase().replace(/^@/, "");
  return `${choice.label} ${choice.description}`.toLowerCase().includes(wanted);
}
