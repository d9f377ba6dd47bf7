"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonSize, type ButtonVariant } from "@/components/ui/button";

export type StartAction = (form: FormData) => Promise<void>;

type ConnectButtonProps = {
  action: StartAction;
  label: string;
  /** The channel that is to be reconnected. */
  channelId?: string;
  /** Has Facebook show declined permissions again. */
  askAgain?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
};

/** Leaves for Facebook's dialog. */
export function ConnectButton({ action, label, channelId, askAgain, variant = "primary", size }: ConnectButtonProps) {
  return (
    <form action={action}>
      {channelId && <input type="hidden" name="channelId" value={channelId} />}
      {askAgain && <input type="hidden" name="askAgain" value="yes" />}
      <SubmitButton label={label} variant={variant} size={size} />
    </form>
  );
}

type SubmitButtonProps = { label: string; variant?: ButtonVariant; size?: ButtonSize };

/** Waits with its form. */
export function SubmitButton({ label, variant, size }: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" variant={variant} size={size} busy={pending}>
      {label}
    </Button>
  );
}
