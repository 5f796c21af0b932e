/** A public key that verifies passes, as a JSON Web Key. */
export class PassKeyResponse {
  kty!: string;
  crv!: string;
  x!: string;
  kid!: string;
}

/** A JSON Web Key set. */
export class PassKeysResponse {
  keys!: PassKeyResponse[];
}
