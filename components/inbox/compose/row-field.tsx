import { X } from "lucide-react";
import { useId } from "react";
import { IconButton } from "../../ui/icon-button";
import { FIELD_CLASS } from "../../ui/text-field";

type RowFieldProps = {
  label: string;
  value: string;
  maxLength?: number;
  placeholder?: string;
  onChange: (text: string) => void;
  onRemove?: () => void;
};

/** One line of a form, which can be taken out again. */
export function RowField({ label, value, maxLength, placeholder, onChange, onRemove }: RowFieldProps) {
  const id = useId();
  return (
    <div className="flex min-w-0 flex-1 items-end gap-1">
      <div className="min-w-0 flex-1">
        <label htmlFor={id} className="mb-1 block font-medium text-sm">
          {label}
        </label>
        <input
          id={id}
          dir="auto"
          value={value}
          maxLength={maxLength}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
          className={FIELD_CLASS}
        />
      </div>
      {onRemove && (
        <IconButton label={`Remove ${label.toLowerCase()}`} onClick={onRemove}>
          <X />
        </IconButton>
      )}
    </div>
  );
}
