/** Address of another page in the scope of this one, with a query and a sort where the page takes them. */
export type OverviewLink = (path: string, q?: string | null, sort?: string | null) => string;
