/** A list of any length in the page's own scroll: only what is seen is drawn, and more is asked for near its end. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type HTMLAttributes, type ReactNode, useLayoutEffect, useRef, useState } from "react";

export interface Pages {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

export function VirtualList<T>({
  rows,
  keyOf,
  height,
  children,
  pages,
  label,
  holders,
  selected = -1,
}: {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string | number;
  /** About how high a row is, in pixels. */
  readonly height: number;
  readonly children: (row: T, index: number) => ReactNode;
  readonly pages?: Pages;
  readonly label: string;
  readonly holders?: HTMLAttributes<HTMLElement>;
  /** The row that is kept in sight. */
  readonly selected?: number;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const top = (list.current?.getBoundingClientRect().top ?? 0) + scrollY;
    if (Math.abs(top - offset) > 1) setOffset(top);
  });
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: offset,
    scrollPaddingStart: 110,
    scrollPaddingEnd: 24,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
  });
  useLayoutEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: "auto" });
  }, [selected, virtual]);

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useLayoutEffect(() => {
    if (pages?.hasNextPage && !pages.isFetchingNextPage && last >= rows.length - 30) pages.fetchNextPage();
  }, [last, rows.length, pages]);

  return (
    <ul ref={list} className="rows virtual" aria-label={label} {...holders} style={{ height: virtual.getTotalSize() }}>
      {items.map(({ key, index, start }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <li
            key={key}
            data-index={index}
            ref={virtual.measureElement}
            aria-setsize={pages?.hasNextPage ? -1 : rows.length}
            aria-posinset={index + 1}
            className={index === selected ? "at selected" : "at"}
            style={{ transform: `translateY(${start - offset}px)` }}
          >
            {children(row, index)}
          </li>
        );
      })}
    </ul>
  );
}
