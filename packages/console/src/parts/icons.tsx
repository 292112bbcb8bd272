/** The console's icons: sixteen units wide, drawn with one line. They stand beside words and are hidden from screen readers. */
const PATHS = {
  today: "M2 8h3l2-5 3 10 2-5h2",
  inbox: "M2 9.5 4 3h8l2 6.5V13H2V9.5Zm0 0h3.5l1 1.5h3l1-1.5H14",
  leads:
    "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c.3-2.6 2-4 4.500-4s4.200 1.400 4.500 4M10.500 2.800a2.300 2.300 0 0 1 0 4.400M12 9.800c1.500.500 2.300 1.800 2.500 3.700",
  conversations: "M2 3h12v8H7l-3 2.500V11H2V3Z",
  drafts: "M10.500 2.500 13.500 5.500 6 13H3v-3l7.500-7.500ZM9 4l3 3",
  events: "M5 4h9M5 8h9M5 12h9M2 4h.01M2 8h.01M2 12h.01",
  deadLetters: "M8 2 14.500 13.500h-13L8 2Zm0 4.500v3.200M8 11.700v.010",
  workflows: "M2.500 2.500h4v3h-4v-3Zm7 8h4v3h-4v-3ZM4.500 5.500v3a2 2 0 0 0 2 2h3M9.500 4h2.500v6.500",
  tasks: "M2.500 4 3.800 5.300 6 3M2.500 10.500l1.300 1.300L6 9.500M8.500 4.500H14M8.500 11H14",
  agents: "M3.500 6h9v7h-9V6Zm4.500 0V3M6 9.200h.01M10 9.200h.01M1.500 9v1.500M14.500 9v1.500",
  alerts:
    "M4 7a4 4 0 1 1 8 0c0 3 1.200 3.800 1.500 4.500h-11C2.800 10.800 4 10 4 7Zm2.500 6.500c.700.700 2.300.700 3 0",
  health:
    "M8 13.500C3 10.500 1.500 8 1.500 5.700a3.200 3.200 0 0 1 6.500-1 3.200 3.200 0 0 1 6.500 1c0 2.300-1.500 4.800-6.500 7.800Z",
  outbox: "M14 2.500 2 7l4.500 2L9 13.500 14 2.500ZM6.500 9 14 2.500",
  connections:
    "M6.500 9.500 9.500 6.500M7 4.500l1.200-1.200a3 3 0 0 1 4.300 4.300L11.300 8.800M8.800 11.300l-1.200 1.200a3 3 0 0 1-4.300-4.300L4.500 7",
  settings:
    "M2 4.500h6M11.500 4.500H14M2 11.500h2.500M8 11.500h6M8 4.500a1.700 1.700 0 1 0 3.500 0 1.700 1.700 0 0 0-3.500 0ZM4.500 11.500a1.700 1.700 0 1 0 3.500 0 1.700 1.700 0 0 0-3.500 0Z",
  people: "M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM2.500 14c.300-3 2.300-4.500 5.500-4.500s5.200 1.500 5.500 4.500",
  search: "M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9ZM10.500 10.500 14 14",
  brake: "M5.500 3v10M10.500 3v10",
  play: "M4.500 2.500v11l8.500-5.500-8.500-5.500Z",
  close: "M3.500 3.500l9 9M12.500 3.500l-9 9",
  more: "M3 8h.01M8 8h.01M13 8h.01",
  menu: "M2 4h12M2 8h12M2 12h12",
  phone: "M3 2.500h3l1 3.500-1.700 1.200a8 8 0 0 0 3.500 3.500L10 9l3.500 1v3c-6 1.500-12-4.500-10.500-10.500Z",
  check: "M3 8.500 6.500 12 13 4.500",
  next: "M6 3l5 5-5 5",
  back: "M10 3 5 8l5 5",
  down: "M3 6l5 5 5-5",
  copy: "M5.500 5.500h8v8h-8v-8ZM2.500 10.500v-8h8",
  download: "M8 2v8M4.500 6.800 8 10.300l3.500-3.500M2.500 13.500h11",
  clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.800V8l2.200 1.500",
  link: "M9 3h4v4M13 3 7.500 8.500M11 9.500V13H3V5h3.500",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark of Millrace: a wheel in running water. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="8" />
      <path d="M12 1v22M1 12h22M4.200 4.200l15.600 15.600M19.800 4.200 4.200 19.800" />
      <circle className="hub" cx="12" cy="12" r="2.600" />
    </svg>
  );
}
