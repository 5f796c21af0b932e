/** Room for rows on a page, in points. */
export interface PageRoom {
  readonly first: number;
  readonly following: number;
  /** What the last page needs below its rows: totals and signatures. */
  readonly closing: number;
}

/**
 * Deals rows out to pages. The closing part stays on one page with at least the last row when there is any, so that
 * nobody signs an empty sheet.
 * @param heights  one per row, each less than the room of a page
 * @returns the rows of each page as [start, end); at least one page
 */
export function paginate(heights: readonly number[], room: PageRoom): [start: number, end: number][] {
  const pages: [number, number][] = [];
  let start = 0;
  let left = room.first;
  heights.forEach((height, index) => {
    if (height > left && index > start) {
      pages.push([start, index]);
      start = index;
      left = room.following;
    }
    left -= height;
  });
  const fits = left >= room.closing;
  const last = heights.length - 1;
  if (fits || last <= start) pages.push([start, heights.length]);
  else pages.push([start, last], [last, heights.length]);
  return pages;
}
