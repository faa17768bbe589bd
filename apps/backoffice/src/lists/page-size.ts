/** Rows of a page: what a screen shows with little scrolling. */
export const pageSize = 25;
