import { ApiUser } from './public-api';

/** The four people of the demonstration; each has only the rights of the own role. */
export interface People {
  readonly dispatcher: ApiUser;
  readonly approver: ApiUser;
  readonly keeper: ApiUser;
  readonly driver: ApiUser;
}

export async function signInAll(baseUrl: string): Promise<People> {
  const [dispatcher, approver, keeper, driver] = await Promise.all(
    ['dispatcher.hequ', 'approver.hequ', 'keeper.hequ', 'driver.hequ'].map((name) => ApiUser.signIn(baseUrl, name)),
  );
  return { dispatcher, approver, keeper, driver };
}
