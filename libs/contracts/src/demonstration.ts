/**
 * The password of every demonstration account. It is public, so the `production` profile neither creates these
 * accounts nor starts while one of them exists.
 */
export const DEMO_PASSWORD = 'Hequ-demo-2026';
