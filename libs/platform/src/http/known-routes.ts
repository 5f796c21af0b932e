/** The routes of this service, to tell an unknown path (404) from a known path with another method (405). */
export class KnownRoutes {
  private readonly routes: { readonly methods: readonly string[]; readonly pattern: RegExp }[] = [];

  add(methods: readonly string[], url: string): void {
    if (url.includes('*')) return;
    const pattern = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
      .join('/');
    this.routes.push({ methods, pattern: new RegExp(`^${pattern}/?$`) });
  }

  hasOtherMethod(url: string, method: string): boolean {
    const [path] = url.split('?');
    return this.routes.some((route) => !route.methods.includes(method) && route.pattern.test(path));
  }
}
