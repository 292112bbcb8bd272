/** A list of any length in the page's own scroll: only what is seen is drawn, and more is asked for near its end. */
import { measureElement, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type HTMLAttributes, memo, type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from "react";

/** Rows from the end at which the next page is asked for: at 120 rows a second it takes most of a second to get there. */
const AHEAD = 100;

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
  /** About how high a row is, in pixels. A row of another height than was thought moves all below it, so what is seen corrects it. */
  readonly height: (row: T) => number;
  /** The same function at every turn: rows are drawn anew with another one. */
  readonly children: (row: T, index: number) => ReactNode;
  readonly pages?: Pages;
  readonly label: string;
  readonly holders?: HTMLAttributes<HTMLElement>;
  /** The row that is kept in sight. */
  readonly selected?: number;
}) {
  const list = useRef<HTMLUListElement>(null);
  const offset = useTopOf(list);
  const seen = useRef(new Map<number, number>());
  const thought = (index: number) => {
    const row = rows[index];
    return row === undefined ? 0 : height(row);
  };
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => seen.current.get(thought(index)) ?? thought(index),
    measureElement: (element, entry, instance) => {
      const size = measureElement(element, entry, instance);
      seen.current.set(thought(instance.indexFromElement(element)), size);
      return size;
    },
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
    if (pages?.hasNextPage && !pages.isFetchingNextPage && last >= rows.length - AHEAD) pages.fetchNextPage();
  }, [last, rows.length, pages]);

  return (
    <ul ref={list} className="rows virtual" aria-label={label} {...holders} style={{ height: virtual.getTotalSize() }}>
      {items.map(({ key, index, start }) => {
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <Item
            key={key}
            row={row}
            index={index}
            place={start - offset}
            setSize={pages?.hasNextPage ? -1 : rows.length}
            isSelected={index === selected}
            measure={virtual.measureElement}
            draw={children}
          />
        );
      })}
    </ul>
  );
}

interface ItemOptions<T> {
  readonly row: T;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly place: number;
  readonly setSize: number;
  readonly isSelected: boolean;
  readonly measure: (element: HTMLLIElement | null) => void;
  readonly draw: (row: T, index: number) => ReactNode;
}

/** Drawn once, however far the list is scrolled, as long as row and place are the same. */
const Item = memo(function Item<T>({ row, index, place, setSize, isSelected, measure, draw }: ItemOptions<T>) {
  return (
    <li
      data-index={index}
      ref={measure}
      aria-setsize={setSize}
      aria-posinset={index + 1}
      className={isSelected ? "at selected" : "at"}
      style={{ transform: `translateY(${place}px)` }}
    >
      {draw(row, index)}
    </li>
  );
}) as <T>(options: ItemOptions<T>) => ReactNode;

/** How far an element is from the top of the page, asked when something's size changes: to ask at every turn makes the browser lay all out. */
function useTopOf(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => setTop(Math.round((element.current?.getBoundingClientRect().top ?? 0) + scrollY));
    measure();
    const sizes = new ResizeObserver(measure);
    for (let of: Element | null = element.current; of !== null; of = of.parentElement) {
      for (const sibling of of.parentElement?.children ?? []) if (sibling !== element.current) sizes.observe(sibling);
    }
    return () => sizes.disconnect();
  }, [element]);
  return top;
}
