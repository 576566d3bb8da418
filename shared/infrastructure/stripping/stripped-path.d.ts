export function strippedPath(path: string): string;
export function timeOf(path: string): number | undefined;
