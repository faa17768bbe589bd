/** Numbers shown around the current page. */
const around = 1;

export const pageCount = (total: number, pageSize: number): number =>
  Math.max(1, Math.ceil(total / pageSize));

/** The page numbers to show: the first, the last, those around the current one; `gap` stands for those left out. */
export function pageNumbers(current: number, count: number): (number | 'gap')[] {
  const shown = Array.from({ length: count }, (_, index) => index + 1).filter(
    (page) => page === 1 || page === count || Math.abs(page - current) <= around,
  );
  return shown.flatMap((page, index) => {
    const before = shown[index - 1];
    if (before === undefined || page === before + 1) return [page];
    // A gap of one page is that page.
    return page === before + 2 ? [page - 1, page] : ['gap' as const, page];
  });
}
