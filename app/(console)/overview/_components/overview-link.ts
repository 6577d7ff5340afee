/** Address of another page in the scope of this one, or of one account of it, with a query and a sort where the page takes them. */
export type OverviewLink = (path: string, q?: string | null, sort?: string | null, account?: string | null) => string;
