/** In the place of a verb that is not theirs: whose it is, so that they know whom to ask. */
export function NotTheirs({
  what,
  whose = "sales, operations and admins",
}: {
  readonly what: string;
  readonly whose?: string;
}) {
  return (
    <p className="about">
      {what} is for {whose}.
    </p>
  );
}
