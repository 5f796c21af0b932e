interface KnownRoute {
  readonly methods: readonly string[];
  readonly pattern: RegExp;
}

/** The routes of this service, to tell an unknown path (404) from a known path with another method (405). */
export class KnownRoutes {
  private readonly routes: KnownRoute[] = [];

  add(methods: readonly string[], url: string): void {
    if (url.includes('*')) return;
    const pattern = url
      .split('/')
      .map((part) =>
        part.startsWith(':') ? '[^/]+' : part.replaceAll('::', ':').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
      )
      .join('/');
    this.routes.push({ methods, pattern: new RegExp(`^${pattern}/?$`) });
  }

  /** The methods of a path that does not know `method`; empty for a path that knows it and for an unknown path. */
  otherMethods(url: string, method: string): string[] {
    const [path] = url.split('?');
    const methods = this.routes.filter((route) => route.pattern.test(path)).flatMap((route) => route.methods);
    return methods.includes(method) ? [] : [...new Set(methods)].sort();
  }
}
