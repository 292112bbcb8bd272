/** A field for one line of text below its label. */
import type { InputHTMLAttributes, ReactNode } from "react";

export interface TextFieldOptions extends Omit<InputHTMLAttributes<HTMLInputElement>, "value" | "onChange"> {
  readonly label: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function TextField({ label, onChange, ...input }: TextFieldOptions) {
  return (
    <label>
      {label}
      <input {...input} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}
