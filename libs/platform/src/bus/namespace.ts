/**
 * Keeps several installations, or test runs, apart on one broker: a prefix on the names of topics and groups that only
 * the adapters see. An empty prefix changes nothing.
 */
export class Namespace {
  private readonly prefix: string;

  constructor(namespace: string) {
    this.prefix = namespace === '' ? '' : `${namespace}.`;
  }

  add(name: string): string {
    return this.prefix + name;
  }

  strip(name: string): string {
    return name.slice(this.prefix.length);
  }
}
