const NO_PAGE = /^\/(static|media|internal|healthz|readyz)(\/|\?|$)/;

/** Whether an address is for machines: files, other services, health checks. There nobody's session is looked up and no visit is counted. */
export function isNoPage(url: string): boolean {
  return NO_PAGE.test(url);
}
